// The typed faces of a group and its players, from which games derive:
// `struct Group : GroupOf<struct Player> {…}; struct Player : PlayerIn<Group> {…};`
// Made by the app, owned by their unit, used by handlers on its thread, never copied.
// Guarantee: const hooks reach only const players and groups.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <type_traits>
#include <vector>

#include "actors/errors.h"
#include "actors/field.h"
#include "actors/model.h"
#include "actors/ordinal.h"
#include "actors/participant.h"
#include "actors/random.h"
#include "actors/subsession_base.h"
#include "actors/value.h"

namespace rialto {

// Players of a group in the order of id_in_group: `for (Player& player : group.players())`.
template <class Player, class Group>
class Players {
 public:
  class Iterator {
   public:
    Iterator(Group& group, int id, int skipped) : group_(group), id_(id), skipped_(skipped) {
      if (id_ == skipped_) ++id_;
    }
    Player& operator*() const { return static_cast<Player&>(group_.player_base(id_)); }
    Iterator& operator++() {
      ++id_;
      if (id_ == skipped_) ++id_;
      return *this;
    }
    bool operator==(const Iterator& other) const { return id_ == other.id_; }

   private:
    Group& group_;
    int id_;
    int skipped_;
  };

  explicit Players(Group& group, int skipped = 0) : group_(group), skipped_(skipped) {}
  Iterator begin() const { return {group_, 1, skipped_}; }
  Iterator end() const {
    const int past = static_cast<int>(group_.player_count()) + 1;
    return {group_, past, 0};
  }
  std::size_t size() const { return group_.player_count() - (skipped_ > 0 ? 1 : 0); }
  // From 0, so `player.others()[0]` is the other one of two; AppError if there is none.
  Player& operator[](std::size_t index) const {
    const std::size_t id = index + 1;
    const bool behind = skipped_ > 0 && std::cmp_greater_equal(id, skipped_);
    return static_cast<Player&>(group_.player_base(static_cast<std::int64_t>(id + behind)));
  }

 private:
  Group& group_;
  int skipped_;  // id_in_group of who is left out; 0 is nobody
};

template <class PlayerType>
class GroupOf : public GroupBase {
 public:
  using Seat = PlayerType;

  GroupOf() = default;
  // clang-format off
  GroupOf(const GroupOf&, Advice<"a group is never copied: write Group& group = player.group()"> = {}) = delete;  // write Group& group = player.group()
  // clang-format on

  Ordinal round_number() const { return Ordinal(GroupBase::round_number()); }
  Ordinal id_in_subsession() const { return Ordinal(GroupBase::id_in_subsession()); }
  auto players() { return Players<PlayerType, GroupBase>(*this); }
  auto players() const { return Players<const PlayerType, const GroupBase>(*this); }
  // By id_in_group, from 1. A number that is not there is an AppError, but a Value that names no
  // player is a BadMessage: `group.player(data["to"])`.
  template <class Id>
  PlayerType& player(const Id& id) {
    return static_cast<PlayerType&>(player_base(checked(id)));
  }
  template <class Id>
  const PlayerType& player(const Id& id) const {
    return static_cast<const PlayerType&>(player_base(checked(id)));
  }

  // These are the group's players from here on, in this order. Who comes from another group leaves
  // it, and who goes from here takes the place there. AppError where that leaves somebody in no
  // group, and in an app whose groups are played apart (none of its hooks takes a Subsession).
  void set_players(const std::vector<std::reference_wrapper<PlayerType>>& players) {
    std::vector<std::uint32_t> seats;
    for (const PlayerType& player : players) seats.push_back(player.seat());
    subsession_base().set_players(GroupBase::id_in_subsession(), seats);
  }

  // The same group in a round, from 1: its finished rounds, to be read.
  template <class Self = PlayerType>
  const auto& in_round(int round) const {
    return static_cast<const typename Self::Whole&>(in_round_base(round));
  }
  // As a player's, below.
  template <class Self = PlayerType>
  auto in_rounds(int first, int last) const {
    std::vector<std::reference_wrapper<const typename Self::Whole>> rounds;
    for (int round = first; round <= last; ++round) rounds.push_back(std::cref(in_round(round)));
    return rounds;
  }
  template <class Self = PlayerType>
  auto in_previous_rounds() const {
    return in_rounds<Self>(1, round_number() - 1);
  }
  template <class Self = PlayerType>
  auto in_all_rounds() const {
    return in_rounds<Self>(1, round_number());
  }
  // Seconds since 1970, the same throughout a step; of a hook that shows a page, when it is shown.
  double now() const { return static_cast<double>(step().now()) / 1e6; }
  Random random() { return Random(step()); }
  // clang-format off
  template <Text advice = "this hook only reads: draw in creating_session or before_next_page, and keep it in a field">
  Random random() const = delete;  // this hook only reads: draw in creating_session or before_next_page, and keep it in a field
  // clang-format on
  // Puts everyone in the group who is on this page on the next one.
  void move_on() {
    for (std::size_t id = 1; id <= player_count(); ++id) {
      step().moves.push_back({player_base(static_cast<std::int64_t>(id)).seat()});
    }
  }
  // The page's group_timeout begins anew.
  void restart_timeout() { step().restart_timeout = this; }
  // All players of the app in this round; `Subsession` is the app's own.
  template <class Subsession>
  Subsession& subsession() {
    return static_cast<Subsession&>(subsession_base());
  }
  template <class Subsession>
  const Subsession& subsession() const {
    return static_cast<const Subsession&>(subsession_base());
  }

 private:
  template <class Id>
  std::int64_t checked(const Id& id) const {
    if constexpr (std::is_same_v<Id, Value>) {
      const auto number = id.template as<std::int64_t>();
      if (!has_player(number)) {
        throw BadMessage("there is no player " + std::to_string(number) +
                         " in this group, which has players 1 to " +
                         std::to_string(player_count()));
      }
      return number;
    } else {
      return detail::plain(id);
    }
  }
};

template <class GroupType>
class PlayerIn : public PlayerBase {
 public:
  using Whole = GroupType;

  PlayerIn() = default;
  // clang-format off
  PlayerIn(const PlayerIn&, Advice<"a player is never copied: write for (Player& player : group.players())"> = {}) = delete;  // write for (Player& player : group.players())
  // clang-format on

  Field<Money> payoff{this, "payoff", 0};

  // From 1; 0: in no group yet.
  Ordinal id_in_group() const { return Ordinal(PlayerBase::id_in_group()); }
  Ordinal round_number() const { return Ordinal(PlayerBase::round_number()); }
  GroupType& group() { return static_cast<GroupType&>(group_base()); }
  const GroupType& group() const { return static_cast<const GroupType&>(group_base()); }
  // Everyone in the group but this player, in the order of id_in_group.
  auto others() {
    return Players<typename GroupType::Seat, GroupBase>(group_base(), id_in_group());
  }
  auto others() const {
    return Players<const typename GroupType::Seat, const GroupBase>(group_base(), id_in_group());
  }

  // The person across apps: values that go along, the label, what was earned so far.
  Participant& participant() { return participant_base(); }
  const Participant& participant() const { return participant_base(); }
  template <class Subsession>
  Subsession& subsession() {
    return static_cast<Subsession&>(subsession_base());
  }
  template <class Subsession>
  const Subsession& subsession() const {
    return static_cast<const Subsession&>(subsession_base());
  }
  // This player in a round, from 1: `player.in_round(1).contribution`.
  const auto& in_round(int round) const {
    return static_cast<const typename GroupType::Seat&>(in_round_base(round));
  }
  // This player in the rounds before this one; and with this one. Round 1 comes first.
  auto in_previous_rounds() const { return in_rounds(1, round_number() - 1); }
  auto in_all_rounds() const { return in_rounds(1, round_number()); }
  // This player from one round to another, both with.
  auto in_rounds(int first, int last) const {
    std::vector<std::reference_wrapper<const typename GroupType::Seat>> rounds;
    for (int round = first; round <= last; ++round) rounds.push_back(std::cref(in_round(round)));
    return rounds;
  }

  double now() const { return static_cast<double>(step().now()) / 1e6; }
  Random random() { return Random(step()); }
  // clang-format off
  template <Text advice = "this hook only reads: draw in creating_session or before_next_page, and keep it in a field">
  Random random() const = delete;  // this hook only reads: draw in creating_session or before_next_page, and keep it in a field
  // clang-format on
  // False: a page that the player was moved to waited ten seconds for a browser of his, and none
  // has shown a page of this app since. Its time runs: `.timeout_now` may make it short.
  bool is_present() const { return participant().is_present(); }
  // The experimenter has taken the player out of the session: he is on no page any more.
  bool is_dropped() const { return participant().is_dropped(); }
  // Puts this player on the next page.
  void move_on() { step().moves.push_back({seat()}); }
  Money round_payoff() const override { return payoff.value_or(Money(0)); }
};

}  // namespace rialto
