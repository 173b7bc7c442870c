// The table in which a process notes how much of each of its files is surely on the disk: shared
// between the process (by the library below) and the test that cuts its power.
// Lives in a file that both map; entries are written by the process, read once it is dead.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rialto {

struct SyncedSize {
  std::atomic<std::uint64_t> inode;  // 0: this entry is free
  std::atomic<std::uint64_t> size;   // bytes that were synced
};

// Files are few: RocksDB keeps some tens.
constexpr std::size_t synced_sizes = 4096;
constexpr const char* synced_sizes_variable = "RIALTO_SYNCED_SIZES";  // names the table
constexpr const char* last_sync_variable = "RIALTO_LAST_SYNC";        // the sync to end at, from 1

}  // namespace rialto
