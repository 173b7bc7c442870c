#include "storage/export_folder.h"

#include <fcntl.h>
#include <openssl/evp.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <memory>
#include <system_error>

namespace rialto {
namespace {

std::string hex(const unsigned char* bytes, std::size_t size) {
  constexpr char digits[] = "0123456789abcdef";
  std::string text;
  for (std::size_t i = 0; i < size; ++i) {
    text += digits[bytes[i] >> 4U];
    text += digits[bytes[i] & 15U];
  }
  return text;
}

// Size and checksum of a file; false if it cannot be read.
bool look_at(const std::filesystem::path& path, ExportedFile& file) {
  std::ifstream in(path, std::ios::binary);
  const std::unique_ptr<EVP_MD_CTX, void (*)(EVP_MD_CTX*)> digest(EVP_MD_CTX_new(),
                                                                  EVP_MD_CTX_free);
  EVP_DigestInit_ex(digest.get(), EVP_sha256(), nullptr);
  std::string piece(256 * 1024, '\0');
  while (in.read(piece.data(), static_cast<std::streamsize>(piece.size())), in.gcount() > 0) {
    const auto got = static_cast<std::size_t>(in.gcount());
    EVP_DigestUpdate(digest.get(), piece.data(), got);
    file.bytes += got;
  }
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned size = 0;
  EVP_DigestFinal_ex(digest.get(), bytes, &size);
  file.sha256 = hex(bytes, size);
  return in.eof() && !in.bad();
}

}  // namespace

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
    ExportedFile& file = all.emplace_back();
    file.name = name;
    if (!look_at(part(name), file)) return failed(name);
  }
  return all;
}

Result<void> ExportFolder::publish() {
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
  names_.clear();
  made_ = false;
  return {};
}

Error ExportFolder::failed(const std::string& name) const {
  return {ErrorKind::unavailable,
          "cannot write " + (folder_ / name).string() + ": " + std::strerror(errno)};
}

}  // namespace rialto
