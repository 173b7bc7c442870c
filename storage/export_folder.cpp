#include "storage/export_folder.h"

#include <openssl/evp.h>

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
