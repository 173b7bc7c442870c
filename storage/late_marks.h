// Finds a field that a game has marked personal only after values of it were stored: those stand
// among all other data, and no redaction reaches them. A plain function; private to storage/.
#pragma once

#include <cstdint>
#include <string>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto {

// "name of app x", or nothing.
Result<std::string> field_marked_late(const Reader& reader, std::uint32_t session);

}  // namespace rialto
