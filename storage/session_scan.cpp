#include "storage/session_scan.h"

#include <algorithm>

#include "storage/erasure_notes.h"
#include "storage/keys.h"

namespace rialto {
namespace {

constexpr std::uint32_t sessions_in_a_block = 1024;  // of a table: fewer descriptions fit in

using Visit = std::function<Result<void>(std::uint32_t number, std::string_view json)>;

// Behind what cannot be read. Numbers that may have been given are not free, for their units may be
// there; the next one that is given is near enough to be found here.
Result<void> scan_one_by_one(const Reader& reader, const Visit& visit, SessionScan& scan) {
  std::uint32_t end = scan.free_number + 2 * sessions_in_a_block;
  for (std::uint32_t number = scan.free_number; number < end; ++number) {
    const auto json = reader.get(keys::session(number));
    if (!json) continue;
    if (auto visited = visit(number, *json); !visited) return visited;
    scan.free_number = number + 1;
    end = std::max(end, scan.free_number + 2 * sessions_in_a_block);
  }
  scan.free_number += sessions_in_a_block;
  return {};
}

}  // namespace

Result<SessionScan> scan_sessions(const Reader& reader, const Visit& visit) {
  SessionScan scan;
  Result<void> outcome;
  const auto take = [&](std::string_view key, std::string_view json) {
    const std::uint32_t number = keys::session_of(key);
    scan.free_number = number + 1;
    outcome = visit(number, json);
    return bool{outcome};
  };
  const auto scanned = reader.scan(keys::sessions_begin(), keys::sessions_end(), take);
  if (!outcome) return outcome.error();
  if (!scanned && scanned.error().kind != ErrorKind::corrupt) return scanned.error();
  if (!scanned) {
    scan.damage = scanned.error().message;
    auto rest = scan_one_by_one(reader, visit, scan);
    if (!rest) return rest.error();
  }
  // The numbers of sessions that were deleted are not given again.
  const auto next = next_session(reader);
  if (!next) return next.error();
  scan.free_number = std::max(scan.free_number, *next);
  return scan;
}

}  // namespace rialto
