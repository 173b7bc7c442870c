// Reads a log file of RocksDB (write-ahead log or MANIFEST) without RocksDB, to tell a torn tail
// from damage (rules.md 8), and to find what is whole in a damaged one. Free functions on a file.
// Guarantee: `torn` is said only of a last record that runs past the end of the file, with no valid
// record after it; everything else that is not whole is `damaged`.
// Limitation: the whole file is read into memory; logs are as large as a memtable (32 MiB).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "storage/result.h"

namespace rialto {

struct WalState {
  enum class Kind { whole, torn, damaged };

  Kind kind = Kind::whole;
  std::uint64_t size = 0;     // of the file in bytes
  std::uint64_t records = 0;  // whole ones before `offset`
  std::uint64_t offset = 0;   // where the bad record begins; `size` if there is none
  std::string reason;         // what is wrong there
};

Result<WalState> check_wal(const std::filesystem::path& file);

// Calls `visit` with every whole record that can be found, in order, whatever lies between them.
Result<void> salvage_wal(const std::filesystem::path& file,
                         const std::function<void(std::string_view record)>& visit);

}  // namespace rialto
