#include "storage/marked_files.h"

#include <utility>

namespace rialto {
namespace {

constexpr std::uint64_t mark_each = 4U << 20U;  // bytes of a log

rocksdb::IOStatus status_of(const Result<void>& outcome) {
  return outcome ? rocksdb::IOStatus::OK() : rocksdb::IOStatus::IOError(outcome.error().message);
}

}  // namespace

// Counts what goes through it.
class MarkedFiles::MarkedFile final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  MarkedFile(std::unique_ptr<rocksdb::FSWritableFile> file, std::shared_ptr<Progress> progress,
             std::atomic<bool>& due)
      : FSWritableFileOwnerWrapper(std::move(file)), progress_(std::move(progress)), due_(due) {}

  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           rocksdb::IODebugContext* debug) override {
    return count(data, target()->Append(data, options, debug));
  }
  rocksdb::IOStatus Append(const rocksdb::Slice& data, const rocksdb::IOOptions& options,
                           const rocksdb::DataVerificationInfo& verification,
                           rocksdb::IODebugContext* debug) override {
    return count(data, target()->Append(data, options, verification, debug));
  }
  rocksdb::IOStatus Sync(const rocksdb::IOOptions& options,
                         rocksdb::IODebugContext* debug) override {
    const std::uint64_t size = progress_->appended;
    return note(size, target()->Sync(options, debug));
  }
  rocksdb::IOStatus Fsync(const rocksdb::IOOptions& options,
                          rocksdb::IODebugContext* debug) override {
    const std::uint64_t size = progress_->appended;
    return note(size, target()->Fsync(options, debug));
  }

 private:
  rocksdb::IOStatus count(const rocksdb::Slice& data, rocksdb::IOStatus outcome) {
    if (outcome.ok()) progress_->appended += data.size();
    return outcome;
  }

  rocksdb::IOStatus note(std::uint64_t size, rocksdb::IOStatus outcome) {
    if (!outcome.ok()) return outcome;
    std::uint64_t before = progress_->synced;
    while (before < size && !progress_->synced.compare_exchange_weak(before, size)) {
    }
    const std::uint64_t marked = progress_->marked;
    if (size > 0 && (marked == 0 || size >= marked + mark_each)) due_ = true;
    return outcome;
  }

  const std::shared_ptr<Progress> progress_;
  std::atomic<bool>& due_;
};

MarkedFiles::MarkedFiles(std::filesystem::path folder, StoreMark before)
    : FileSystemWrapper(rocksdb::FileSystem::Default()),
      folder_(std::move(folder)),
      marked_(std::move(before)) {
  for (const auto& [name, bytes] : marked_.files) {
    const auto progress = std::make_shared<Progress>();
    progress->synced = bytes;
    files_[name] = progress;
  }
}

Result<void> MarkedFiles::begin() {
  const std::lock_guard lock(mutex_);
  StoreMark mark = now();
  mark.in_use = true;
  mark.folder = FolderIdentity::of(folder_);
  return write(mark);
}

Result<void> MarkedFiles::mark() {
  const std::lock_guard lock(mutex_);
  return write(now());
}

Result<void> MarkedFiles::end() {
  const std::lock_guard lock(mutex_);
  StoreMark mark = now();
  mark.in_use = false;
  return write(mark);
}

StoreMark MarkedFiles::now() const {
  StoreMark mark = marked_;
  mark.files.clear();
  for (const auto& [name, progress] : files_) {
    if (progress->synced > 0) mark.files[name] = progress->synced;
  }
  return mark;
}

// Does it say more than that a log has grown, as logs do all the time?
bool MarkedFiles::says_more(const StoreMark& mark) const {
  if (mark.files.size() != marked_.files.size()) return true;
  for (const auto& [name, bytes] : mark.files) {
    const auto before = marked_.files.find(name);
    if (before == marked_.files.end()) return true;
    if (before->second != bytes && !name.ends_with(".log")) return true;
  }
  return false;
}

Result<void> MarkedFiles::write(const StoreMark& mark) {
  due_ = false;
  if (mark == marked_) return {};
  if (auto written = write_mark(folder_, mark); !written) return written;
  marked_ = mark;
  for (const auto& [name, bytes] : mark.files) files_[name]->marked = bytes;
  return {};
}

rocksdb::IOStatus MarkedFiles::NewWritableFile(const std::string& path,
                                               const rocksdb::FileOptions& options,
                                               std::unique_ptr<rocksdb::FSWritableFile>* file,
                                               rocksdb::IODebugContext* debug) {
  auto outcome = target()->NewWritableFile(path, options, file, debug);
  const std::filesystem::path name(path);
  if (!outcome.ok() || !is_here(name) || !is_marked_file(name.filename())) return outcome;
  const auto progress = std::make_shared<Progress>();
  {
    const std::lock_guard lock(mutex_);
    files_[name.filename()] = progress;
  }
  *file = std::make_unique<MarkedFile>(std::move(*file), progress, due_);
  return outcome;
}

// A table is not needed any more because of what the MANIFEST says by now.
rocksdb::IOStatus MarkedFiles::DeleteFile(const std::string& path,
                                          const rocksdb::IOOptions& options,
                                          rocksdb::IODebugContext* debug) {
  const std::filesystem::path name(path);
  if (is_here(name) && (is_marked_file(name.filename()) || name.extension() == ".sst")) {
    const std::lock_guard lock(mutex_);
    files_.erase(name.filename());
    const StoreMark mark = now();
    if (says_more(mark)) {
      if (auto written = write(mark); !written) return status_of(written);
    }
  }
  return target()->DeleteFile(path, options, debug);
}

// RocksDB makes a MANIFEST the current one by renaming a file to CURRENT. While a store is made
// there is none yet: a mark that knew one would make what is half made a store that lacks CURRENT.
rocksdb::IOStatus MarkedFiles::RenameFile(const std::string& from, const std::string& to,
                                          const rocksdb::IOOptions& options,
                                          rocksdb::IODebugContext* debug) {
  const std::filesystem::path name(to);
  std::error_code error;
  if (is_here(name) && name.filename() == "CURRENT" && std::filesystem::exists(name, error)) {
    const std::lock_guard lock(mutex_);
    if (auto written = write(now()); !written) return status_of(written);
  }
  return target()->RenameFile(from, to, options, debug);
}

}  // namespace rialto
