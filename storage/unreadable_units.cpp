#include "storage/unreadable_units.h"

#include <vector>

namespace rialto {

std::vector<keys::Range> ranges_beside_units(std::uint32_t number, Personal personal) {
  std::vector<keys::Range> ranges;
  for (const std::string& key :
       {keys::session(number), keys::questions(number), keys::session_state(number)}) {
    ranges.push_back({key, key + '\0'});
  }
  ranges.push_back({keys::travels_begin(number), keys::travels_end(number)});
  if (personal == Personal::include) {
    ranges.push_back({keys::labels_begin(number), keys::labels_end(number)});
    ranges.push_back({keys::redactions_begin(number), keys::redactions_end(number)});
  }
  return ranges;
}

Result<void> check_session(const Reader& reader, std::uint32_t number, Personal personal) {
  for (const keys::Range& range : ranges_beside_units(number, personal)) {
    auto scanned = reader.scan(range.from, range.to, [](auto, auto) { return true; });
    if (!scanned) return scanned;
  }
  return {};
}

// A block of a table that cannot be read may hold the end of one unit, whole ones and the beginning
// of another: all that are tried until one can be read count as unreadable.
Result<void> scan_units(const Reader& reader, std::uint32_t number,
                        const SessionDescription& session,
                        std::string (*key_of)(UnitId unit, std::uint64_t sequence),
                        UnreadableUnits& unreadable, const Visitor& visit) {
  const std::uint32_t units = session.units();
  const std::string end = key_of(UnitId{UnitId::of(number, UINT32_MAX).value + 1}, 0);
  for (std::uint32_t next = 0; next < units; ++next) {
    UnitId at = UnitId::of(number, next);
    const auto take = [&](std::string_view key, std::string_view value) {
      at = keys::unit_of(key);
      return unreadable.contains(at) || visit(key, value);
    };
    const auto scanned = reader.scan(key_of(at, 0), end, take);
    if (scanned || scanned.error().kind != ErrorKind::corrupt) return scanned;
    unreadable.emplace(at, scanned.error().message);
    next = at.index();
  }
  return {};
}

}  // namespace rialto
