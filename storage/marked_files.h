// RocksDB's way to its files, with a mark kept of them (store_mark.h): what has been synced of each
// log and MANIFEST is counted as it happens. Owned by the store; RocksDB calls it from its threads.
// Guarantees: nothing is deleted, and no other MANIFEST made the current one, before the mark knows
// why; so whatever state the files are in, all that the newest mark does not speak of can be lost.
// Cost: an addition for each write, a mark for each 4 MiB of log and each flush. Private to
// storage/.
#pragma once

#include <rocksdb/file_system.h>

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "storage/result.h"
#include "storage/store_mark.h"

namespace rialto {

class MarkedFiles final : public rocksdb::FileSystemWrapper {
 public:
  // `before` is the mark that the folder had, if it had one.
  MarkedFiles(std::filesystem::path folder, StoreMark before);

  // From now on somebody works in the folder.
  Result<void> begin();
  // Has so much been synced since the last mark that it is time for the next?
  bool is_due() const { return due_.load(std::memory_order_relaxed); }
  Result<void> mark();
  // To be called when the database is closed, and everything in it was synced.
  Result<void> end();

  const char* Name() const override { return "MarkedFiles"; }
  rocksdb::IOStatus NewWritableFile(const std::string& path, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* file,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& path, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  struct Progress {
    std::atomic<std::uint64_t> appended{0};
    std::atomic<std::uint64_t> synced{0};
    std::atomic<std::uint64_t> marked{0};
  };
  class MarkedFile;

  bool is_here(const std::filesystem::path& path) const { return path.parent_path() == folder_; }
  StoreMark now() const;
  bool says_more(const StoreMark& mark) const;
  Result<void> write(const StoreMark& mark);

  const std::filesystem::path folder_;
  std::mutex mutex_;  // of all below but due_
  StoreMark marked_;  // as it is on the disk
  std::map<std::string, std::shared_ptr<Progress>> files_;
  std::atomic<bool> due_{false};
};

}  // namespace rialto
