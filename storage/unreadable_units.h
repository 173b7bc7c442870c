// Units that cannot be read: what a damaged table takes away is theirs alone, and who reads a
// session says so and reads the others. Free functions on the thread of the caller.
// Guarantee: of a unit that is found to be unreadable nothing more is visited; what was visited
// before that is for who reads to take back.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "storage/keys.h"
#include "storage/personal.h"
#include "storage/store.h"
#include "storage/unit_description.h"
#include "storage/unit_id.h"

namespace rialto {

// Why, in half a sentence.
using UnreadableUnits = std::map<UnitId, std::string>;

// Stands there for a session of which more than units cannot be read: it is passed over whole.
constexpr UnitId whole_session(std::uint32_t number) { return UnitId::of(number, UINT32_MAX); }

// Where that of a session stands which who exports reads beside its units: its description, what
// its forms ask, what its groups have written into it, where participants are; labels and what was
// erased.
std::vector<keys::Range> ranges_beside_units(std::uint32_t number, Personal personal);
// Can all of it be read?
Result<void> check_session(const Reader& reader, std::uint32_t number, Personal personal);

// The same of one session that was asked for.
inline Error cannot_be_read(const Error& why) {
  return {why.kind, "the session cannot be read: " + why.message};
}

// Visits the keys that `key_of` makes (keys::records, keys::personal) of all units of the session
// of that number, in their order, without those of `unreadable`, and adds to it what turns out to
// be so.
Result<void> scan_units(const Reader& reader, std::uint32_t number,
                        const SessionDescription& session,
                        std::string (*key_of)(UnitId unit, std::uint64_t sequence),
                        UnreadableUnits& unreadable, const Visitor& visit);

}  // namespace rialto
