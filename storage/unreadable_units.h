// Units that cannot be read: what a damaged table takes away is theirs alone, and who reads a
// session says so and reads the others. Free functions on the thread of the caller.
// Guarantee: of a unit that is found to be unreadable nothing more is visited; what was visited
// before that is for who reads to take back.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include "storage/store.h"
#include "storage/unit_description.h"
#include "storage/unit_id.h"

namespace rialto {

// Why, in half a sentence.
using UnreadableUnits = std::map<UnitId, std::string>;

// Visits the keys that `key_of` makes (keys::records, keys::personal) of all units of the session
// of that number, in their order, without those of `unreadable`, and adds to it what turns out to
// be so.
Result<void> scan_units(const Reader& reader, std::uint32_t number,
                        const SessionDescription& session,
                        std::string (*key_of)(UnitId unit, std::uint64_t sequence),
                        UnreadableUnits& unreadable, const Visitor& visit);

}  // namespace rialto
