// One committed step of a unit, as it is stored: what came in, when, what it changed, what it said.
// A plain value; encoded as msgpack by the free functions below (grammar in storage/README.md).
// Guarantee: decode(encode(r)) == r, but for what is personal in it: that is not among the bytes,
// it stands apart and is put back by who reads (personal_part.h). Bytes that are no record give
// `corrupt`, never a crash.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"

namespace rialto {

// A page instance within a unit: the participant is known from the context.
struct PageRef {
  std::uint16_t round = 1;
  std::uint16_t position = 0;  // index in the app's page list; its size = past the last page
  auto operator<=>(const PageRef&) const = default;
};

enum class RecordKind : std::uint8_t {
  created = 0,  // the first record: `input` is the unit's description (JSON), `changes` all values
  live = 1,     // a live message that was handled
  refused = 2,  // a message the unit refused: `code` says why, no changes
  submitted = 3,  // a page submit that moved its player on
  event = 4,  // arrival, timeout, move by the server: `code` names it; `failed` if its hook threw
  described = 5,  // the app was built anew with other fields: `input` is the new description, by
                  // which this record's changes and all later ones count (rules.md 15)
};

enum class Retention : std::uint8_t {
  log = 0,        // replayed in order
  latest = 1,     // only the newest of its key is replayed
  transient = 2,  // never replayed
};

// A field that changed. Fields are numbered in the order of the unit's description.
struct Change {
  // Round by round: the group, then its players by id_in_group. Of round 1, 0 is the group and k
  // the player with id_in_group k; the group of round 2 follows the last of them. For units of
  // whole apps and for participants see storage/README.md.
  std::uint32_t object = 0;
  std::uint32_t field = 0;
  std::string value;  // JSON text; "null" for null
  // Of a personal value: the seat whose it is; 0: the group's.
  std::optional<std::uint32_t> personal_of = std::nullopt;
  bool operator==(const Change&) const = default;
};

// A row appended to a Log.
struct LogRow {
  std::uint32_t object = 0;
  std::uint32_t log = 0;
  std::string values;  // JSON array
  bool operator==(const LogRow&) const = default;
};

struct StoredReply {
  PageRef page;                          // the page instance it is for
  std::vector<std::uint32_t> receivers;  // seats, ascending; empty is everyone in the unit
  Retention retention = Retention::log;
  std::string key;      // of a `latest` reply
  std::string payload;  // JSON text, the very bytes the browser gets as data
  bool operator==(const StoredReply&) const = default;
};

// A player who is on another page after this record.
struct PageMove {
  std::uint32_t player = 0;
  PageRef page;
  bool operator==(const PageMove&) const = default;
};

// A participant who goes on to another app: from here on the unit answers for him no more. The
// record is the outbox entry of the hand-over (rules.md 10).
struct LetGo {
  std::uint32_t player = 0;
  std::string to_app;
  bool operator==(const LetGo&) const = default;
};

// A deadline that was set, moved or (at = 0) taken back by this record.
struct Deadline {
  // 0 is the group's; of a unit of a whole app with n players, n + g is that of group g.
  std::uint32_t player = 0;
  PageRef page;
  std::int64_t at = 0;  // microseconds since 1970
  bool operator==(const Deadline&) const = default;
};

struct Record {
  std::uint64_t sequence = 0;  // 1 is the first record of a unit
  RecordKind kind = RecordKind::live;
  std::int64_t time = 0;     // server time, microseconds since 1970
  std::uint32_t player = 0;  // sender; 0 if nobody
  PageRef page;              // page instance the input came from
  std::string sender;        // sender id of the page load (rules.md 1)
  std::uint64_t number = 0;  // send number
  std::string input;         // JSON text
  std::string code;          // refusal code or event name
  bool failed = false;       // the hook of an event threw; its effects were rolled back
  std::vector<Change> changes;
  std::vector<LogRow> rows;
  std::vector<StoredReply> replies;
  std::vector<PageMove> moves;
  std::vector<Deadline> deadlines;
  std::vector<LetGo> let_go;
  // The step has read or written something personal (rules.md 20): its message and its replies
  // stand apart, as its personal values do.
  bool personal = false;
  std::vector<std::uint32_t>
      concerns;                // if anything stands apart: whose it was, seats; 0: a group's
  std::uint32_t redacted = 0;  // how many of those that stood apart have been erased
  bool operator==(const Record&) const = default;
};

// Appends the record's bytes to `out`; several records may stand one after the other.
void encode(const Record& record, std::string& out);
// The records that stand in `bytes`, or `corrupt`.
Result<std::vector<Record>> decode_records(std::string_view bytes);

}  // namespace rialto
