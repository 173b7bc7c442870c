// The files embedded in the program at build time: pieces of pages, and what browsers load
// (rialto.js, rialto.css, jquery.js, bootstrap.css). Immutable, read on any thread. Guarantee: a
// static file's URL changes when its bytes change, so that browsers may keep it for ever.
#pragma once

#include <map>
#include <string>
#include <string_view>

namespace rialto {

// The bytes of gateway/browser/NAME, or of what comes from npm: "jquery.js", "bootstrap.css". The
// name must be that of an embedded file.
std::string_view embedded(std::string_view name);

// The hash of a file's bytes, 16 hex digits: changes when they do.
std::string version_of(std::string_view bytes);

class Assets {
 public:
  struct File {
    std::string_view bytes;
    std::string_view content_type;
    std::string version;  // hash of the bytes, hex
  };

  explicit Assets(std::string_view prefix);

  // Null if there is no such file.
  const File* find(std::string_view name) const;
  // PREFIX/static/NAME?v=VERSION
  std::string url(std::string_view name) const;

 private:
  void add(std::string_view name, std::string_view content_type);

  std::string prefix_;
  std::map<std::string, File, std::less<>> files_;
};

}  // namespace rialto
