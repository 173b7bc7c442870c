// Reads what a unit has recorded: how its state comes back, is looked at beside the server, or is
// played again. A plain function on the thread of the caller. Guarantee: records come in order,
// each once, with what is personal in them; bytes that are none give `corrupt`.
#pragma once

#include <cstdint>
#include <functional>

#include "storage/record.h"
#include "storage/store.h"
#include "storage/unit_id.h"

namespace rialto {

// From the record `first` on, until `take` fails; its error is given then.
Result<void> each_record(const Reader& store, UnitId unit, std::uint64_t first,
                         const std::function<Result<void>(const Record&)>& take);

}  // namespace rialto
