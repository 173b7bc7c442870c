// All sessions of a store, also of one with a damaged table: what stands there is passed over.
// Free functions on the thread of the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

struct SessionScan {
  // No session has this number or a higher one, not even one that cannot be read.
  std::uint32_t free_number = 1;
  std::string damage;  // why some may be missing; "": none is
};

// Calls `visit` with the number and the description of each session, by their numbers; the first
// error of it ends that.
Result<SessionScan> scan_sessions(
    const Reader& reader,
    const std::function<Result<void>(std::uint32_t number, std::string_view json)>& visit);

}  // namespace rialto
