#include "storage/export_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "storage/file_sum.h"
#include "storage/sync.h"

namespace rialto {
ExportFolder::ExportFolder(std::filesystem::path folder, Personal personal)
    : folder_(std::move(folder)), personal_(personal) {
  if (!folder_.has_filename()) folder_ = folder_.parent_path();  // "tables/" is "tables"
}

ExportFolder::~ExportFolder() {
  std::error_code ignored;
  for (const std::string& name : names_) std::filesystem::remove(part(name), ignored);
  // Not if anything is in it.
  if (made_) std::filesystem::remove(folder_, ignored);
}

Result<std::filesystem::path> ExportFolder::add(const std::string& name) {
  if (names_.empty() && !make_folder()) return failed(name);
  names_.push_back(name);
  std::error_code ignored;
  std::filesystem::remove(part(name), ignored);
  // Whoever writes it opens the file that is there.
  const mode_t mode = personal_ == Personal::include ? 0600 : 0666;
  const int file = ::open(part(name).c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, mode);
  if (file < 0) return failed(name);
  ::close(file);
  return part(name);
}

// With those above it.
bool ExportFolder::make_folder() {
  std::error_code error;
  if (folder_.has_parent_path()) std::filesystem::create_directories(folder_.parent_path(), error);
  made_ = ::mkdir(folder_.c_str(), personal_ == Personal::include ? 0700 : 0777) == 0;
  return made_ || (errno == EEXIST && std::filesystem::is_directory(folder_, error));
}

Result<void> ExportFolder::add(const std::string& name, std::string_view bytes) {
  const auto path = add(name);
  if (!path) return path.error();
  std::ofstream out(*path, std::ios::binary | std::ios::trunc);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  if (!out) return failed(name);
  return {};
}

Result<std::vector<ExportedFile>> ExportFolder::files() const {
  std::vector<ExportedFile> all;
  for (const std::string& name : names_) {
    const auto sum = sum_of(part(name));
    if (!sum) return sum.error();
    all.push_back({name, sum->bytes, sum->sha256});
  }
  return all;
}

Result<void> ExportFolder::publish() {
  // A name that outlives a power cut must not stand for bytes that do not.
  for (const std::string& name : names_) {
    if (auto synced = sync_file(part(name)); !synced) return synced;
  }
  // An older manifest must not stand beside newer files.
  std::error_code error;
  if (!names_.empty()) std::filesystem::remove(folder_ / names_.back(), error);
  for (const std::string& name : names_) {
    std::filesystem::rename(part(name), folder_ / name, error);
    if (error) {
      errno = error.value();
      return failed(name);
    }
  }
  if (!names_.empty()) {
    if (auto synced = sync_folder(folder_); !synced) return synced;
  }
  names_.clear();
  made_ = false;
  return {};
}

Error ExportFolder::failed(const std::string& name) const {
  return {ErrorKind::unavailable,
          "cannot write " + (folder_ / name).string() + ": " + std::strerror(errno)};
}

}  // namespace rialto
