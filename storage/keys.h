// The grammar of the store's keys, in one place (storage/README.md has it in words).
// Free functions on values. Guarantee: byte order of keys is the order readers need.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/unit_id.h"

namespace rialto::keys {

// 'r' unit:u64 sequence:u64 -> the records of one commit of a unit; `sequence` is that of the last
// record in it, so the first key at or after (unit, s) holds record s.
std::string records(UnitId unit, std::uint64_t last_sequence);
// The sequence in a key made by `records`.
std::uint64_t sequence_of(std::string_view records_key);
UnitId unit_of(std::string_view records_key);
// True of a key made by `records`; the two functions above may be asked only of such keys.
bool is_records(std::string_view key);
// First key after all records of `unit`.
std::string records_end(UnitId unit);
// The records of all units stand in [records_begin, records_end).
std::string records_begin();
std::string records_end();

// 'u' unit:u64 -> newest snapshot of the unit (bytes of actors/).
std::string snapshot(UnitId unit);
// 's' session:u32 -> description of a session (JSON text).
std::string session(std::uint32_t number);
std::uint32_t session_of(std::string_view session_key);
std::string sessions_begin();
std::string sessions_end();
// 'q' session:u32 -> what the forms of its apps ask (JSON text).
std::string questions(std::uint32_t session);
// 'c' session:u32 seat:u32 -> this seat was given to somebody with the session-wide link (its
// index).
std::string claim(std::uint32_t session, std::uint32_t seat);
std::string claims_begin(std::uint32_t session);
std::string claims_end(std::uint32_t session);
// 't' session:u32 participant:u32 -> where a participant is who has left the session's first app,
// and what he took along (JSON text).
std::string travel(std::uint32_t session, std::uint32_t participant);
std::string travels_begin(std::uint32_t session);
std::string travels_end(std::uint32_t session);
// 'v' session:u32 -> the values that its groups read and write (JSON text).
std::string session_state(std::uint32_t session);
// 'v' unit:u64 sequence:u64 -> what that record writes into the session's values and is not in them
// yet (JSON text).
std::string session_write(UnitId unit, std::uint64_t sequence);
// After a session's state and all such writes.
std::string session_writes_end(std::uint32_t session);
struct SessionWriteKey {
  UnitId unit;
  std::uint64_t sequence = 0;
};
SessionWriteKey read_session_write(std::string_view key);
// 'w' unit:u64 -> why it is stuck, in the game's own words (bytes of actors/).
std::string why_stuck(UnitId unit);
// 'd' unit:u64 -> nothing; there while the unit has something to do though nobody comes to it.
std::string due(UnitId unit);
UnitId due_unit_of(std::string_view due_key);
std::string dues_begin();
std::string dues_end();
// 'l' session:u32 participant:u32 -> a participant's label (personal data).
std::string label(std::uint32_t session, std::uint32_t participant);
std::string labels_begin(std::uint32_t session);
std::string labels_end(std::uint32_t session);
// The participant in a key made by `claim`, `travel`, `label` or `redaction`.
std::uint32_t participant_of(std::string_view key);
// 'p' unit:u64 sequence:u64 -> what is personal in that record (personal_part.h).
std::string personal(UnitId unit, std::uint64_t sequence);
// 'x' session:u32 participant:u32 -> that this participant's personal data were erased, or those of
// the whole session (`everyone`), and when (JSON text).
inline constexpr std::uint32_t everyone = UINT32_MAX;
std::string redaction(std::uint32_t session, std::uint32_t participant);
std::string redactions_begin(std::uint32_t session);
std::string redactions_end(std::uint32_t session);

// The keys in [from, to).
struct Range {
  std::string from;
  std::string to;
};
Range personal_of(UnitId unit);
Range personal_of_session(std::uint32_t session);
Range snapshots_of_session(std::uint32_t session);
Range why_stuck_of_session(std::uint32_t session);
Range labels_of_session(std::uint32_t session);
// Everything there is of a session, the session's own key first.
std::vector<Range> all_of_session(std::uint32_t session);

// 'm' name -> facts about the store itself ("format", "lineage", "link_secret").
std::string meta(std::string_view name);

}  // namespace rialto::keys
