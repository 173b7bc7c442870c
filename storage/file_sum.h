// Size and checksum of a file, as manifests state them. A plain value and a function on the thread
// of the caller.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "storage/result.h"

namespace rialto {

struct FileSum {
  std::uint64_t bytes = 0;
  std::string sha256;  // 64 hex digits

  bool operator==(const FileSum&) const = default;
};

Result<FileSum> sum_of(const std::filesystem::path& file);

}  // namespace rialto
