// All objects of one unit: its groups, players and subsessions of every round, and its
// participants. Numbers them for records, seats players in groups. Owned by the unit, on its
// thread. Guarantee: an object keeps its address and its number as long as the unit lives.
//
// Objects are numbered round by round in blocks. A unit of one group: 0 is the group, k its player
// with id_in_group k. A unit of a whole app with n players: 0 is the subsession, k the player on
// seat k, n + g the group with id_in_subsession g. After the last block, participant k has number k
// of one more block; its 0 is what the unit knows of the session's values.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/model.h"
#include "actors/participant.h"
#include "actors/session_facts.h"
#include "actors/session_values.h"
#include "actors/subsession_base.h"

namespace rialto {

class Roster {
 public:
  enum class Kind : std::uint8_t { group, player, subsession, participant, session };
  // Those whose columns are the app's; of the session's values they are always the same.
  static constexpr Kind kinds[] = {Kind::group, Kind::player, Kind::subsession, Kind::participant};

  // Players are in groups as the app says: all in one, in groups by their seats, or in none yet.
  // `app` and `step` outlive the roster.
  Roster(const AppModel& app, std::size_t players, Step& step, SessionFacts session = {});
  ~Roster();

  const AppModel& app() const { return app_; }
  const SessionFacts& session() const { return session_; }
  // By seat from 1.
  void label(std::size_t seat, const std::string& label);
  bool whole() const { return whole_; }
  std::size_t players() const { return participants_.size(); }
  int rounds() const { return static_cast<int>(rounds_.size()); }
  // The round as a number of this roster; AppError if there is no such round.
  int checked_round(std::int64_t round) const;

  PlayerBase& player(int round, std::uint32_t seat) const;
  SessionValues& session_values() const { return *session_values_; }
  Participant& participant(std::uint32_t seat) const { return *participants_.at(seat - 1); }
  SubsessionBase& subsession(int round) const;
  // By id_in_subsession from 1; AppError if there is no such group in the round.
  GroupBase& group(int round, int id_in_subsession) const;
  int groups(int round) const;
  // Puts the players of a round into groups, lists of seats; makes groups that are not there yet.
  void seat_groups(int round, const GroupMatrix& groups);

  // -- objects by number
  std::uint32_t object_end() const;
  Kind kind_of(std::uint32_t number) const;
  // Null: a group that was never made, or no object's number.
  Model* find(std::uint32_t number) const;
  // AppError if there is none; a group that was never made is made.
  Model& object(std::uint32_t number);
  // An object of this kind, to look at its columns.
  Model& example(Kind kind) const;
  // Seat of the player or participant of this number; 0 for others.
  std::uint32_t seat_of(std::uint32_t number) const;
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (std::uint32_t number = 0; number < object_end(); ++number) {
      if (Model* const model = find(number)) visit(*model);
    }
  }

 private:
  struct Round {
    std::unique_ptr<SubsessionBase> subsession;
    std::vector<std::unique_ptr<PlayerBase>> players;
    std::vector<std::unique_ptr<GroupBase>> groups;
  };

  std::uint32_t block() const;
  void make_round(int round);
  void make_groups(int round, std::size_t count);
  GroupMatrix first_groups() const;

  const AppModel& app_;
  Step& step_;
  SessionFacts session_;
  bool whole_;
  std::unique_ptr<GroupBase> example_group_;
  std::vector<Round> rounds_;
  std::vector<std::unique_ptr<Participant>> participants_;
  std::unique_ptr<SessionValues> session_values_;
};

// "group", "player", "subsession", "participant" or "session".
std::string_view to_string(Roster::Kind kind);

}  // namespace rialto
