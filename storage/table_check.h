// Are the files of a database whole? Each block of a table and each record of a log or MANIFEST has
// a checksum; this compares them all. Free functions that read everything, for who makes a copy.
// Limitation: what has no checksum is not looked at (CURRENT, OPTIONS; a few bytes that nobody
// reads).
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "storage/result.h"

namespace rialto {

// What is wrong with the file, where RocksDB's files have checksums.
std::optional<std::string> damage_in(const std::filesystem::path& file);

}  // namespace rialto
