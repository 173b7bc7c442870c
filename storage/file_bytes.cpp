#include "storage/file_bytes.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace rialto {
namespace {

constexpr std::size_t at_once = 256 * 1024;

Error failed(const std::filesystem::path& file) {
  return {errno == ENOENT ? ErrorKind::not_found : ErrorKind::unavailable,
          "cannot read the file " + file.string() + ": " + std::strerror(errno)};
}

}  // namespace

Result<std::string> bytes_of(const std::filesystem::path& file) {
  const int opened = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
  if (opened < 0) return failed(file);
  std::string bytes;
  std::size_t size = 0;
  ssize_t got = 0;
  do {
    bytes.resize(size + at_once);
    got = ::read(opened, bytes.data() + size, at_once);
    if (got > 0) size += static_cast<std::size_t>(got);
  } while (got > 0 || (got < 0 && errno == EINTR));
  const Error error = failed(file);
  ::close(opened);
  if (got < 0) return error;
  bytes.resize(size);
  return bytes;
}

}  // namespace rialto
