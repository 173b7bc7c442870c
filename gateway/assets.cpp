#include "gateway/assets.h"

#include <openssl/sha.h>

#include <cassert>

#include "gateway/embedded.h"

namespace rialto {

std::string version_of(std::string_view bytes) {
  constexpr std::size_t kept = 8;
  constexpr char digits[] = "0123456789abcdef";
  unsigned char digest[SHA256_DIGEST_LENGTH];
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), digest);
  std::string text;
  for (std::size_t i = 0; i < kept; ++i) {
    text += digits[digest[i] >> 4U];
    text += digits[digest[i] & 15U];
  }
  return text;
}

std::string_view embedded(std::string_view name) {
  for (const EmbeddedFile* file = embedded_files(); !file->name.empty(); ++file) {
    if (file->name == name) return file->bytes;
  }
  assert(false && "no such embedded file");
  return {};
}

Assets::Assets(std::string_view prefix) : prefix_(prefix) {
  add("rialto.js", "text/javascript; charset=utf-8");
  add("line.js", "text/javascript; charset=utf-8");
  add("draft.js", "text/javascript; charset=utf-8");
  add("dev.js", "text/javascript; charset=utf-8");
  add("chat.js", "text/javascript; charset=utf-8");
  add("room.js", "text/javascript; charset=utf-8");
  add("waker.js", "text/javascript; charset=utf-8");
  add("rialto.css", "text/css; charset=utf-8");
  add("bootstrap.css", "text/css; charset=utf-8");
  add("bootstrap.rtl.css", "text/css; charset=utf-8");
  add("bootstrap.js", "text/javascript; charset=utf-8");
  add("jquery.js", "text/javascript; charset=utf-8");
}

void Assets::add(std::string_view name, std::string_view content_type) {
  const std::string_view bytes = embedded(name);
  files_.emplace(name, File{bytes, content_type, version_of(bytes)});
}

const Assets::File* Assets::find(std::string_view name) const {
  const auto found = files_.find(name);
  return found == files_.end() ? nullptr : &found->second;
}

std::string Assets::url(std::string_view name) const {
  const File* file = find(name);
  assert(file);
  return prefix_ + "/static/" + std::string(name) + "?v=" + file->version;
}

}  // namespace rialto
