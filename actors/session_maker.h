// Makes the units of a new session: the first record of each, app by app, with the values that one
// app's creating_session gives to participants handed on to the next. Used once, by the
// SessionBook. Guarantee: participants begin with what the last of these hooks has left them.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/session.h"
#include "actors/unit.h"
#include "storage/record.h"
#include "storage/store.h"

namespace rialto {

class SessionBook;

class SessionMaker {
 public:
  // Both outlive it.
  SessionMaker(const SessionBook& book, const Session& session);

  // Appends the writes; `invalid` with a sentence if a hook fails.
  Result<void> make(std::int64_t now, std::vector<Write>& writes);
  // Of the units, after `make`.
  const std::vector<Record>& records() const { return records_; }

 private:
  // Where a unit of the first app keeps the values of a participant.
  struct Place {
    std::uint32_t object = 0;
    std::uint32_t field = 0;
  };

  void make_unit(UnitId id, std::int64_t now);
  void bring_up_to_date(UnitId id, Record& record) const;
  std::string questions() const;

  const SessionBook& book_;
  const Session& session_;
  std::vector<Value> vars_;      // by participant
  std::vector<Place> places_;    // by participant
  std::vector<Record> records_;  // by unit
};

}  // namespace rialto
