// Which sessions there are, who sits where: the sessions in memory, and the writes that keep them.
// Owned by the Directory, on its thread; only what makes units (`app` and `unit_setup` of a session
// that is not entered yet) may be asked on another. Guarantees: numbers and codes are never given
// twice; a session that was planned and is not entered leaves nothing; a participant goes forward
// in a session's apps only; a room has at most one session, an open one. Limitation: all sessions
// of the store are in memory, about 150 bytes a participant.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/app_model.h"
#include "actors/limits.h"
#include "actors/messages.h"
#include "actors/session.h"
#include "actors/session_config.h"
#include "actors/session_draws.h"
#include "actors/unit.h"
#include "storage/store.h"

namespace rialto {

class SessionBook {
 public:
  // `configs` beside those of each app by itself.
  SessionBook(const std::vector<AnyApp>& apps, const std::vector<SessionConfig>& configs,
              const Limits& limits);

  // Reads all sessions of a store. An Error names the session that cannot be read. What stands in a
  // damaged table is passed over and told: the other sessions are played.
  Result<void> load(const Reader& store);
  // A new session, not in the book yet, with seats that nobody has; or `invalid` with a sentence.
  Result<Session> plan(const CreateSession& wish, SessionDraws& draws, std::int64_t now);
  // Gives some more of its participants their codes and seats; true when all have theirs. `seated`:
  // so many have, at first 0.
  bool seat_some(Session& planned, const CreateSession& wish, SessionDraws& draws,
                 std::size_t& seated);
  // It comes to nothing.
  void drop(const Session& planned);
  // It is there from now on.
  void enter(Session planned);
  Write close(Session& session, std::int64_t now);
  // The session goes on; in the room in which it was closed, if that may be and has no other by
  // now.
  Write reopen(Session& session, std::int64_t now, bool may_have_room);
  // The participant has come by the personal link; nothing if the seat is claimed already.
  std::optional<Write> claim(const std::string& participant);

  // -- rooms and labels (session_book_rooms.cpp) ----
  struct Admitted {
    std::size_t participant = 0;  // index in the session
    std::vector<Write> writes;    // empty: the seat was theirs before
  };
  // The seat of somebody who comes: of a label always the same one, for a new label the next free
  // one that has none, without a label ("") the next free one. Nothing if all are taken.
  std::optional<Admitted> admit(Session& session, const std::string& label);
  // The participant is known under this label from now on; nothing to write if he has one already,
  // or another of the session has this one.
  std::optional<Write> name(const std::string& participant, const std::string& label);
  // The session of a room; nullptr if it has none.
  Session* in_room(const std::string& room);
  // The seat that a visitor has already: the label's, or without one the participant's, if he is of
  // this session. nullptr: none.
  const Seat* seat(const Session& session, const std::string& label,
                   const std::string& participant) const;
  // Takes the session out of its room.
  Write clear_room(Session& session);
  // Each room that has a session, with that session's code.
  std::vector<std::pair<std::string, std::string>> rooms() const;

  // What a hand-over changes: the write that keeps it, and who went from which stage to which.
  struct Travel {
    Write write;
    std::size_t participant = 0;  // index in the session
    std::uint32_t from = 0;
    std::uint32_t to = 0;
  };
  // The participant goes on to the app; nothing if he is there already, or further.
  std::optional<Travel> travel(const HandOver& hand_over);

  Session* find(const std::string& code);
  Session* find_by_key(const std::string& key);
  Session* of(UnitId unit);
  template <class Visit>
  void for_each(Visit&& visit) {
    for (auto& [number, session] : sessions_) visit(session);
  }
  // Where a participant is; nullptr if there is none of this code.
  const Seat* seat(const std::string& participant) const;
  const AnyApp* app(const std::string& name) const { return find_app(apps_, name); }
  // The app of a unit; nullptr if this server does not have it.
  const AnyApp* app(const Session& session, UnitId unit) const;
  // Units that have something to do though nobody comes to them. Where that cannot be read: all of
  // an open session; who has nothing to do comes to rest again.
  std::vector<UnitId> due_units(const Reader& store) const;
  // All that a unit is told of its session.
  Unit::Setup unit_setup(const Session& session, UnitId unit) const;
  // Descriptions of sessions, newest first, from the newest or the next one that is older than
  // `before`: some at a time, at least one if there is one.
  Value describe_some(const Session* before, bool demo_only) const;

 private:
  // Where a participant stands in the sessions.
  struct Place {
    std::uint32_t session;
    std::size_t index;
  };

  Result<void> load_seats(const Reader& store, Session& session);
  Result<void> load_values(const Reader& store, Session& session);
  Result<Session> compose(const CreateSession& wish, const SessionConfig& config,
                          SessionDraws& draws) const;
  Result<void> enter_stored(std::string_view text);
  Result<void> check_room(const CreateSession& wish) const;
  std::string fresh_code(SessionDraws& draws) const;

  const std::vector<AnyApp>& apps_;
  const std::vector<SessionConfig> configs_;
  const Limits& limits_;
  std::uint32_t next_number_ = 1;
  std::map<std::uint32_t, Session> sessions_;
  std::unordered_map<std::string, std::uint32_t> by_code_;
  std::map<std::string, std::uint32_t> rooms_;           // the numbers of their sessions
  std::unordered_map<std::string, Place> participants_;  // also of a session in the making
};

}  // namespace rialto
