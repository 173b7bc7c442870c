// The games' own pictures, sounds and scripts: what stands in APP/static/ and, for all games, in
// _static/ beside their folders. Read when `serve` starts, immutable, read on any thread.
// Guarantees: nothing but the files found then is ever given out; a file's URL changes when its
// bytes change. Limitation: all of it is in memory.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "gateway/site_app.h"
#include "storage/result.h"

namespace rialto {

class StaticFiles {
 public:
  struct File {
    std::string bytes;
    std::string_view content_type;
    std::string version;  // hash of the bytes, hex
  };

  // `invalid` names a file that is too large, `unavailable` one that cannot be read.
  static Result<StaticFiles> read(const std::vector<SiteApp>& apps);

  // Null if there is no such file. auction/picture.png is auction/static/picture.png, or, as oTree
  // has it, auction/static/auction/picture.png, or _static/auction/picture.png.
  const File* find(std::string_view path) const;
  // PREFIX/static/PATH?v=VERSION, ready for HTML; empty if there is no such file.
  std::string url(std::string_view prefix, std::string_view path) const;

 private:
  Result<void> read_folder(const std::string& folder, const std::string& begin);

  std::map<std::string, File, std::less<>> files_;
};

}  // namespace rialto
