// What the store remembers of what was erased (redaction.h): where values are missing because
// somebody has asked for it, and which sessions there were. Plain values. Guarantee: text that is
// no such note gives `corrupt`.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

// What was erased so far of a session or a participant (keys::redaction).
struct Redaction {
  std::int64_t at = 0;  // the first time; microseconds since 1970
  std::uint64_t values = 0;
  std::uint64_t labels = 0;
};
Result<Redaction> parse_redaction(std::string_view json);
std::string to_json(const Redaction& redaction);

// That the bytes of a session's personal data, or with `whole` of all of it, may be in files and
// are to go: finish_erasures (redaction.h) sees to it.
Write erasing_note(std::uint32_t session, const std::string& code, bool whole);

// The lowest number that no session which was deleted has had.
Result<std::uint32_t> next_session(const Reader& store);
Write next_session_write(std::uint32_t number);

}  // namespace rialto
