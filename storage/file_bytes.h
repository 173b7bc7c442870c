// All bytes of a file, or why they cannot be had: a disk that fails to read says so, it does not
// look like a file that is shorter. A free function on the thread of the caller.
#pragma once

#include <filesystem>
#include <string>

#include "storage/result.h"

namespace rialto {

// `not_found` if there is no such file; `unavailable` if it cannot be read.
Result<std::string> bytes_of(const std::filesystem::path& file);

}  // namespace rialto
