// Backups of a store: a folder with its files as of one moment and a manifest with the checksum of
// each, and what makes a data folder of one again. Free functions on the thread of the caller.
// Guarantees: a backup, and a data folder made of one, has its name only once all of it is complete
// and on the disk; what was changed since is refused; a restored store has a lineage of its own, so
// that who saw more is told (rules.md 16). What was damaged before is copied as it is, for it may
// be the only copy of all that is whole beside it, and named each time.
//   BACKUP/manifest.json {"rialto","format","lineage","taken","files":[FILE,…]}
//   BACKUP/store/          the files
//   FILE := {"name","bytes","sha256","damage"?: what is wrong with it}
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto {

struct Backup {
  std::string version;     // of the Rialto that made it
  std::string lineage;     // of the store then
  std::int64_t taken = 0;  // microseconds since 1970
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;
  std::vector<std::string> damaged;  // a sentence for each file that cannot be read whole
};

// Makes the backup `to` (`conflict` if something is there) of the files in `checkpoint`, a folder
// that RocksStore::checkpoint made; `about` has what is known of them.
Result<Backup> write_backup(const std::filesystem::path& checkpoint,
                            const std::filesystem::path& to, Backup about);

// Makes the data folder `data`, which must be missing or empty (`conflict` otherwise). `corrupt` if
// a file is not as the manifest says; `invalid` if `backup` is no backup, or a newer Rialto's.
Result<Backup> restore_backup(const std::filesystem::path& backup,
                              const std::filesystem::path& data);

}  // namespace rialto
