// The table in which a process notes how much of each of its files is surely on the disk: shared
// between the process (by the library below) and the test that cuts its power, and in which that
// test asks for a call to fail. Lives in a file that both map; entries are written by the process,
// read once it is dead. `tests/process/server.py` reads and writes it, too.
//   table := fault entry*; the bytes that an unsynced truncation took away: TABLE.INODE, beside it
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>

namespace rialto {

struct SyncedSize {
  std::atomic<std::uint64_t> inode;  // 0: this entry is free
  std::atomic<std::uint64_t> size;   // bytes that were synced
  std::atomic<std::uint64_t>
      failed;  // 1: a sync has failed: what follows `size` gets there no more
};

// A call that is to fail: the `countdown`th write, fsync or fdatasync on a file of the folder, in
// whichever process, once. Half of a write that fails is written.
struct Fault {
  std::atomic<std::uint64_t> countdown;  // 0: none
  std::atomic<std::uint64_t> error;      // errno
  std::uint64_t unused;
};

// Files are few: RocksDB keeps some tens.
constexpr std::size_t synced_sizes = 4096;

struct SyncedTable {
  Fault fault;
  SyncedSize files[synced_sizes];
};

constexpr const char* synced_sizes_variable = "RIALTO_SYNCED_SIZES";  // names the table
constexpr const char* power_folder_variable = "RIALTO_POWER_FOLDER";  // where the files are
constexpr const char* bad_sectors_variable = "RIALTO_BAD_SECTORS";    // names what cannot be read
constexpr const char* last_sync_variable = "RIALTO_LAST_SYNC";        // the sync to end at, from 1

}  // namespace rialto
