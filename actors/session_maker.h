// Makes the units of a new session: the first record of each, app by app, with the values that one
// app's creating_session gives to participants handed on to the next. Used once; a server's
// directory leaves it to an actor of its own, which a game may keep busy or end. Guarantee:
// participants begin with what the last of these hooks has left them.
#pragma once

#include <caf/all.hpp>
#include <cstdint>
#include <vector>

#include "actors/caf_types.h"
#include "actors/session.h"
#include "actors/session_draws.h"
#include "actors/unit.h"
#include "storage/record.h"
#include "storage/store.h"

namespace rialto {

class SessionBook;

class SessionMaker {
 public:
  // They outlive it. `slots` may be null; `made_as`: Unit::Setup's.
  SessionMaker(const SessionBook& book, const Session& session, RunningSlots* slots = nullptr,
               std::uint64_t made_as = 0);

  // Appends the writes; `invalid` with a sentence if a hook fails.
  Result<void> make(std::int64_t now, std::vector<Write>& writes);
  // Of the units, after `make`.
  const std::vector<Record>& records() const { return records_; }
  // What the hooks have written into the session, after `make`.
  const SessionState& state() const { return state_; }

 private:
  // Where a unit of the first app keeps the values of a participant.
  struct Place {
    std::uint32_t object = 0;
    std::uint32_t field = 0;
  };

  void make_unit(UnitId id, std::int64_t now);
  void bring_up_to_date(UnitId id, Record& record) const;

  const SessionBook& book_;
  const Session& session_;
  RunningSlots* const slots_;
  const std::uint64_t made_as_;
  SessionState state_;                 // of the session's values, so far
  std::vector<Value> vars_;            // by participant
  std::vector<Place> places_;          // by participant
  std::vector<Record> records_;        // by unit
  Value questions_ = Value::object();  // as the apps ask them now, for the tables' codebook
};

// A session on its way from the wish to the book.
struct Making {
  CreateSession wish;
  caf::actor asker;
  Session session;
  SessionDraws draws = SessionDraws();
  std::size_t seated = 0;     // so many participants have their codes
  std::vector<Write> writes;  // that make it durable; the session's own key is the last
  std::size_t stored = 0;     // so many of them are on their way
  Value described = {};       // as Session::describe has it
  Result<void> outcome = {};
};

// Makes units of each Making it gets, and sends it back. `book` and `slots` outlive it.
caf::behavior session_making(caf::event_based_actor* self, std::shared_ptr<const SessionBook> book,
                             RunningSlots* slots);

}  // namespace rialto
