// key      := records | snapshot | session | claim | travel | due | label | personal | redaction
//           | state | write | why | meta
// records  := 'r' unit:u64 last_sequence:u64
// snapshot := 'u' unit:u64
// session  := 's' number:u32
// claim    := 'c' session:u32 seat:u32
// travel   := 't' session:u32 participant:u32
// state    := 'v' session:u32
// write    := 'v' unit:u64 sequence:u64
// why      := 'w' unit:u64
// due      := 'd' unit:u64
// label    := 'l' session:u32 participant:u32
// personal := 'p' unit:u64 sequence:u64
// redaction := 'x' session:u32 participant:u32
// meta     := 'm' name
// Integers are big endian, so that byte order is numeric order.
#include "storage/keys.h"

#include <cassert>

namespace rialto::keys {
namespace {

constexpr std::size_t records_size = 1 + 8 + 8;
constexpr std::size_t due_size = 1 + 8;
constexpr std::size_t session_size = 1 + 4;

template <class Integer>
void append(std::string& key, Integer value) {
  for (int shift = 8 * (static_cast<int>(sizeof value) - 1); shift >= 0; shift -= 8) {
    key.push_back(static_cast<char>(static_cast<unsigned char>(value >> shift)));
  }
}

std::uint64_t read_u64(std::string_view bytes) {
  std::uint64_t value = 0;
  for (const char byte : bytes.substr(0, 8)) {
    value = value << 8U | static_cast<unsigned char>(byte);
  }
  return value;
}

template <class... Integers>
std::string make(char kind, Integers... parts) {
  std::string key;
  key.reserve(1 + (sizeof(parts) + ... + 0));
  key.push_back(kind);
  (append(key, parts), ...);
  return key;
}

// Keys of a kind that begin with the session, as those of units do.
Range of_session(char kind, std::uint32_t session) {
  std::string next(1, static_cast<char>(kind + 1));
  return {make(kind, session), session == UINT32_MAX ? next : make(kind, session + 1)};
}

}  // namespace

std::string records(UnitId unit, std::uint64_t last_sequence) {
  return make('r', unit.value, last_sequence);
}

std::uint64_t sequence_of(std::string_view records_key) {
  assert(records_key.size() == records_size && records_key[0] == 'r');
  return read_u64(records_key.substr(9));
}

// What is personal in records has keys of the same form.
UnitId unit_of(std::string_view records_key) {
  assert(records_key.size() == records_size && (records_key[0] == 'r' || records_key[0] == 'p'));
  return UnitId{read_u64(records_key.substr(1))};
}

std::string records_begin() { return "r"; }

std::string records_end() { return "s"; }

std::string records_end(UnitId unit) {
  return unit.value == UINT64_MAX ? records_end() : make('r', unit.value + 1);
}

bool is_records(std::string_view key) { return key.size() == records_size && key[0] == 'r'; }

std::string snapshot(UnitId unit) { return make('u', unit.value); }

std::string session(std::uint32_t number) { return make('s', number); }

std::uint32_t session_of(std::string_view session_key) {
  assert(session_key.size() == session_size && session_key[0] == 's');
  return static_cast<std::uint32_t>(read_u64(session_key.substr(1)));
}

std::string sessions_begin() { return "s"; }

std::string sessions_end() { return "t"; }

std::string questions(std::uint32_t session) { return make('q', session); }

std::string claim(std::uint32_t session, std::uint32_t seat) { return make('c', session, seat); }

std::string claims_begin(std::uint32_t session) { return make('c', session); }

std::string claims_end(std::uint32_t session) { return make('c', session + 1); }

std::string travel(std::uint32_t session, std::uint32_t participant) {
  return make('t', session, participant);
}

std::string travels_begin(std::uint32_t session) { return make('t', session); }

std::string travels_end(std::uint32_t session) { return make('t', session + 1); }

std::string session_state(std::uint32_t session) { return make('v', session); }

std::string session_write(UnitId unit, std::uint64_t sequence) {
  return make('v', unit.value, sequence);
}

std::string session_writes_end(std::uint32_t session) { return of_session('v', session).to; }

SessionWriteKey read_session_write(std::string_view key) {
  assert(key.size() == records_size && key[0] == 'v');
  return {UnitId{read_u64(key.substr(1))}, read_u64(key.substr(1 + 8))};
}

std::string why_stuck(UnitId unit) { return make('w', unit.value); }

std::string due(UnitId unit) { return make('d', unit.value); }

UnitId due_unit_of(std::string_view due_key) {
  assert(due_key.size() == due_size && due_key[0] == 'd');
  return UnitId{read_u64(due_key.substr(1))};
}

std::string dues_begin() { return "d"; }

std::string dues_end() { return "e"; }

std::string label(std::uint32_t session, std::uint32_t participant) {
  return make('l', session, participant);
}

std::string labels_begin(std::uint32_t session) { return make('l', session); }

std::string labels_end(std::uint32_t session) { return make('l', session + 1); }

std::uint32_t participant_of(std::string_view key) {
  assert(key.size() == 1 + 4 + 4);
  return static_cast<std::uint32_t>(read_u64(key.substr(1)));
}

std::string personal(UnitId unit, std::uint64_t sequence) {
  return make('p', unit.value, sequence);
}

std::string redaction(std::uint32_t session, std::uint32_t participant) {
  return make('x', session, participant);
}

std::string redactions_begin(std::uint32_t session) { return of_session('x', session).from; }

std::string redactions_end(std::uint32_t session) { return of_session('x', session).to; }

Range personal_of(UnitId unit) {
  return {personal(unit, 0), unit.value == UINT64_MAX ? "q" : make('p', unit.value + 1)};
}

Range personal_of_session(std::uint32_t session) { return of_session('p', session); }

Range snapshots_of_session(std::uint32_t session) { return of_session('u', session); }

Range why_stuck_of_session(std::uint32_t session) { return of_session('w', session); }

Range labels_of_session(std::uint32_t session) { return of_session('l', session); }

std::vector<Range> all_of_session(std::uint32_t number) {
  std::vector<Range> all{{session(number), session(number) + '\0'}};
  for (const char kind : {'c', 'd', 'l', 'p', 'q', 'r', 't', 'u', 'v', 'w', 'x'}) {
    all.push_back(of_session(kind, number));
  }
  return all;
}

std::string meta(std::string_view name) { return std::string("m").append(name); }

}  // namespace rialto::keys
