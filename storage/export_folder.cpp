#include "storage/export_folder.h"

#include <cerrno>
#include <cstring>
#include <fstream>
#include <system_error>

#include "storage/file_sum.h"
#include "storage/sync.h"

namespace rialto {
ExportFolder::~ExportFolder() {
  std::error_code ignored;
  for (const std::string& name : names_) std::filesystem::remove(part(name), ignored);
  // Not if anything is in it.
  if (made_) std::filesystem::remove(folder_, ignored);
}

Result<std::filesystem::path> ExportFolder::add(const std::string& name) {
  std::error_code error;
  if (names_.empty()) made_ = std::filesystem::create_directories(folder_, error);
  if (error) {
    errno = error.value();
    return failed(name);
  }
  names_.push_back(name);
  std::filesystem::remove(part(name), error);
  return part(name);
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
