// The folder that `--data` names: made if it is missing, known to be Rialto's, and locked, so that
// one process at a time works on it. Owned by the store that lives in it; used on one thread.
// Guarantee: the lock ends with the process, however that ends, so a killed server leaves nothing
// to clean up. Limitation: locks do not reach over network file systems that have no flock.
#pragma once

#include <filesystem>
#include <string>

#include "storage/result.h"

namespace rialto {

enum class Access {
  read_write,  // the folder is created if it is missing
  read_only,   // nothing in the folder is changed; it may lie on a read-only disk
};

class DataFolder {
 public:
  // `unavailable` if another process works there (the message names it) or the folder cannot be
  // written; `invalid` if something else than Rialto's data is there; `not_found` if it is to be
  // read only and is not there.
  static Result<DataFolder> open(const std::filesystem::path& path, Access access);

  // Has a store been opened there before, or is one now?
  static bool is_one(const std::filesystem::path& path);

  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&& other) noexcept;
  ~DataFolder();

  const std::filesystem::path& path() const { return path_; }
  // Where the database's own files are.
  std::filesystem::path store_path() const { return path_ / "store"; }
  // Was there a store once? Then nothing that is found in its place is a new one.
  bool had_store() const { return had_store_; }
  // There is one from now on; durable when it returns.
  Result<void> note_store();

 private:
  DataFolder(std::filesystem::path path, int lock) : path_(std::move(path)), lock_(lock) {}

  std::filesystem::path path_;
  bool had_store_ = false;
  int lock_ = -1;         // file descriptor that holds the flock; -1 where there is no file to lock
  int folder_lock_ = -1;  // the same on the folder
};

}  // namespace rialto
