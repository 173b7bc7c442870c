// Finds a session in a store, with or without a running server. A free function on any thread.
// Guarantee: reads only. Limitation: looks at all sessions.
#pragma once

#include <cstdint>
#include <string>

#include "storage/result.h"
#include "storage/store.h"

namespace rialto::command {

// The number of the session with this code; `not_found` with a sentence.
Result<std::uint32_t> session_number(const Reader& store, const std::string& code);

}  // namespace rialto::command
