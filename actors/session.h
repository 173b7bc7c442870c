// One session as the directory knows it: its apps, its values, who sits where. A plain value in the
// SessionBook, on the directory's thread. Guarantees: what `stored_form` writes `read_session`
// reads, also what was written when a session had one app; seats of one unit are neighbours in the
// order of participants.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/messages.h"
#include "actors/money.h"
#include "actors/session_board.h"
#include "actors/value.h"
#include "storage/result.h"
#include "storage/unit_id.h"

namespace rialto {

// One of a session's apps, and its groups.
struct Stage {
  std::string app;
  std::uint32_t first_unit = 0;
  std::uint32_t group_size = 1;
};

struct Seat {
  std::string code;  // of the participant
  std::string label;
  std::uint32_t stage = 0;  // where the participant is
  UnitId unit;              // in this stage
  std::uint32_t player = 0;
  bool claimed = false;  // somebody has come here, by a personal or the session-wide link
};

struct Session {
  std::uint32_t number = 0;
  std::string code;
  std::string config;
  std::vector<Stage> stages;
  std::shared_ptr<const Value> values;  // of the config: an object
  int decimals = Money::decimals();     // in which its amounts of Money are stored
  std::string key;                      // idempotency key
  std::string room;                     // whose visitors play it; empty: none
  std::string closed_in;                // the room in which it was closed
  std::int64_t created = 0;
  std::uint64_t seed = 0;
  bool demo = false;
  bool bots = false;  // play it, not people
  bool closed = false;
  std::int64_t closed_at = 0;     // if it is; microseconds since 1970, 0: not known
  std::vector<Closure> closures;  // those that are over
  // Made when what is personal came to stand apart (rules.md 20): it can be redacted.
  bool personal_apart = false;
  bool redacted = false;              // something has been erased
  std::uint64_t redacted_labels = 0;  // how many labels
  std::vector<Seat> seats;            // in order of participants
  std::size_t next_free = 0;
  std::uint32_t labelled = 0;  // the first participants, who had labels when the session was made
  std::unordered_map<std::string, std::size_t> by_label;  // participants who have one

  // Names a participant.
  void label(std::size_t participant, const std::string& label);
  // Puts a participant into this stage's unit.
  void seat(std::size_t participant, std::uint32_t stage);
  // Where a participant plays a stage: the unit, and who he is there.
  std::pair<UnitId, std::uint32_t> place(std::size_t participant, std::uint32_t stage) const;
  std::uint32_t units() const;  // of all stages
  // The stage that a unit plays.
  std::uint32_t stage_of(UnitId unit) const;
  // Its participants, as indexes into `seats`: from the first up to, not including, the last.
  std::pair<std::size_t, std::size_t> members(UnitId unit) const;
  // Of people: "Auction" rather than "auction".
  std::string title() const;

  // What its groups have written into it; and what they have written that is not there yet.
  std::shared_ptr<SessionBoard> board = std::make_shared<SessionBoard>();
  std::deque<SessionWritten> written;
  // Why it cannot be read who has come and where everybody is; "": it was read.
  std::string damage;

  // `invalid` if its amounts would be read as others (rules.md 15); `corrupt` if it is damaged.
  Result<void> can_be_played() const;
  // For those who ask: all of it; all but its participants; one of these.
  Value describe() const;
  Value describe_itself() const;
  Value describe_seat(std::size_t participant) const;
  std::string stored_form() const;
};

// Throws BadMessage if the text is no session.
Session read_session(std::string_view stored);

}  // namespace rialto
