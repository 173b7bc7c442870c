// The Store on disk: one RocksDB in a data folder that this process has locked.
// Owned by main.cpp; safe to use from any thread, though only the committer writes.
// Guarantees: a write that was reported synced survives power cuts, and so does all that was read
// when the store was opened; a damaged or missing file is refused with its name and the offset,
// never read as if it were whole (rules.md 8); after a failed write no further one succeeds,
// because what is on the disk is then unknown. A table that is damaged harms who reads it.
// Limitation: of a synced store on a disk that lies about its cache nothing can be promised.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>

#include "storage/data_folder.h"
#include "storage/free_space.h"
#include "storage/keys.h"
#include "storage/store.h"
#include "storage/store_mark.h"

namespace rialto {

class CompactionWatch;
struct OpenedRocks;

class RocksStore final : public Store {
 public:
  // The version of all formats in storage/README.md; a store with a newer one is refused, one with
  // an older one becomes one of this when it is opened to be written.
  static constexpr int format = 3;

  struct Options {
    Access access = Access::read_write;
    // Free bytes of the disk below which `has_room` says no: the server stops taking sends while it
    // can still write down what it has taken.
    std::uint64_t reserve = std::uint64_t{256} * 1024 * 1024;
    std::chrono::milliseconds room_refresh{250};
    bool may_make = true;  // a store where there is none; else that is an error
  };

  // Opens the store in the data folder `path`; with read_write both are made if they are missing.
  static Result<std::unique_ptr<RocksStore>> open(const std::filesystem::path& path,
                                                  Options options);
  static Result<std::unique_ptr<RocksStore>> open(const std::filesystem::path& path);
  ~RocksStore() override;

  Result<std::string> get(std::string_view key) const override;
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override;
  Result<void> write_joined(std::span<const std::span<const Write>> lists,
                            Durability durability) override;
  // What was erased or overwritten in these ranges is in no file of the store any more. Rewrites
  // the tables that overlap them. No snapshot may be held.
  Result<void> forget(std::span<const keys::Range> ranges);
  // Makes a folder with the database's files as of now: all that was written before is in it.
  // Tables are not copied but get a second name there, so their room is free again only once it is
  // released; what nobody released goes when the store is opened anew.
  Result<std::filesystem::path> checkpoint();
  Result<void> release(const std::filesystem::path& checkpoint);
  // What comes from here on is another history than what clients know (rules.md 16).
  Result<void> begin_lineage();
  std::unique_ptr<Reader> snapshot() const override;
  bool has_room() const override { return free_space_.has_room(); }
  const std::string& lineage() const override { return lineage_; }

 private:
  RocksStore(DataFolder folder, std::unique_ptr<OpenedRocks> rocks,
             std::shared_ptr<CompactionWatch> compactions, Options options);
  Result<void> read_identity(Access access);
  Result<void> keep_up();
  Result<void> close();

  DataFolder folder_;
  std::shared_ptr<CompactionWatch> compactions_;
  std::unique_ptr<OpenedRocks> rocks_;
  const FolderIdentity identity_;  // of the folder that was opened, whatever bears its name now
  FreeSpace free_space_;
  std::string lineage_;  // constant once others know the store
  std::atomic<bool> failed_{false};
  std::atomic<int> checkpoints_{0};
};

}  // namespace rialto
