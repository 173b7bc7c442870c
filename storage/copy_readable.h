// Copies a file from a disk that cannot read all of it. A free function on the thread of the
// caller. Private to storage/.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto {

// What cannot be read is zeros in the copy, and a sentence in `damage` says how much that is. An
// error only if the copy cannot be written.
Result<void> copy_what_can_be_read(const std::filesystem::path& from,
                                   const std::filesystem::path& to,
                                   std::vector<std::string>& damage);

}  // namespace rialto
