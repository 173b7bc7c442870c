#include "storage/folder_sink.h"

#include <cerrno>
#include <cstring>
#include <system_error>

namespace rialto {

Result<void> FolderSink::append(const std::string& file, std::string_view bytes) {
  auto [entry, is_new] = files_.try_emplace(file);
  std::ofstream& out = entry->second;
  if (is_new) {
    std::error_code error;
    std::filesystem::create_directories(folder_, error);
    out.open(folder_ / (file + ".part"), std::ios::binary | std::ios::trunc);
  }
  if (!out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()))) return failed(file);
  return {};
}

Result<void> FolderSink::finish() {
  for (auto& [file, out] : files_) {
    out.close();
    if (!out) return failed(file);
  }
  for (const auto& [file, out] : files_) {
    std::error_code error;
    std::filesystem::rename(folder_ / (file + ".part"), folder_ / file, error);
    if (error) return failed(file);
  }
  return {};
}

Error FolderSink::failed(const std::string& file) const {
  return {ErrorKind::unavailable,
          "cannot write " + (folder_ / file).string() + ": " + std::strerror(errno)};
}

}  // namespace rialto
