#include "storage/copy_readable.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>

namespace rialto {
namespace {

constexpr std::size_t sector = 4096;  // what a disk reads or fails to read at once

std::string unread(const std::filesystem::path& file, const std::string& what, int error) {
  return file.string() + ": " + what + " cannot be read: " + std::strerror(error);
}

}  // namespace

Result<void> copy_what_can_be_read(const std::filesystem::path& from,
                                   const std::filesystem::path& to,
                                   std::vector<std::string>& damage) {
  std::ofstream copy(to, std::ios::binary | std::ios::trunc);
  const int file = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) damage.push_back(unread(from, "it", errno));
  struct stat facts {};
  if (file >= 0) ::fstat(file, &facts);
  off_t lost = 0;
  int error = 0;
  std::array<char, sector> bytes;
  for (off_t at = 0; at < facts.st_size; at += static_cast<off_t>(sector)) {
    const auto wanted =
        static_cast<std::size_t>(std::min(facts.st_size - at, static_cast<off_t>(sector)));
    const ssize_t got = ::pread(file, bytes.data(), wanted, at);
    if (got < 0) {
      bytes.fill('\0');
      lost += static_cast<off_t>(wanted);
      error = errno;
    }
    copy.write(bytes.data(), got < 0 ? static_cast<std::streamsize>(wanted) : got);
  }
  if (file >= 0) ::close(file);
  if (lost > 0) damage.push_back(unread(from, std::to_string(lost) + " bytes of it", error));
  copy.close();
  if (copy) return {};
  return Error{ErrorKind::unavailable, "cannot copy " + from.string() + " to " + to.string()};
}

}  // namespace rialto
