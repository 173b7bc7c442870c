#include "storage/sync.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace rialto {
namespace {

namespace fs = std::filesystem;

Error failed(const std::string& what, const fs::path& path) {
  return {ErrorKind::unavailable, what + " " + path.string() + ": " + std::strerror(errno)};
}

// The last call failed where there is nothing that could be synced: a read-only disk, a file system
// that has no fsync for this.
bool is_none_to_sync() { return errno == EINVAL || errno == EROFS; }

// A file descriptor that is closed at the end.
class Opened {
 public:
  Opened(const fs::path& path, int flags) : descriptor_(::open(path.c_str(), flags, 0600)) {}
  ~Opened() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  Opened(const Opened&) = delete;
  Opened& operator=(const Opened&) = delete;

  explicit operator bool() const { return descriptor_ >= 0; }
  int get() const { return descriptor_; }

 private:
  int descriptor_;
};

Result<void> write_all(const Opened& file, std::string_view bytes, const fs::path& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed("cannot write", path);
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

}  // namespace

Result<void> sync_file(const fs::path& file) {
  const Opened opened(file, O_RDONLY | O_CLOEXEC);
  if (!opened) return failed("cannot sync the file", file);
  if (::fsync(opened.get()) != 0 && !is_none_to_sync()) {
    return failed("cannot sync the file", file);
  }
  return {};
}

Result<void> sync_folder(const fs::path& folder) {
  const Opened opened(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (!opened && errno == EACCES) return {};
  if (!opened) return failed("cannot sync the folder", folder);
  if (::fsync(opened.get()) != 0 && !is_none_to_sync()) {
    return failed("cannot sync the folder", folder);
  }
  return {};
}

Result<void> replace_file(const fs::path& file, std::string_view bytes) {
  fs::path fresh = file;
  fresh += ".new";
  ::unlink(fresh.c_str());  // of one whose sync failed nobody knows what is on the disk
  {
    const Opened opened(fresh, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC);
    if (!opened) return failed("cannot write", fresh);
    if (auto written = write_all(opened, bytes, fresh); !written) return written;
    if (::fsync(opened.get()) != 0) return failed("cannot sync the file", fresh);
  }
  if (::rename(fresh.c_str(), file.c_str()) != 0) return failed("cannot write", file);
  return sync_folder(file.parent_path());
}

}  // namespace rialto
