#include "actors/game_file.h"

#include <dlfcn.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <vector>

namespace rialto {
namespace {

namespace fs = std::filesystem;

// The library the caller is in, if it is not the program itself.
fs::path library_of(const void* caller) {
  Dl_info theirs{};
  Dl_info ours{};
  const bool known = ::dladdr(caller, &theirs) != 0 &&
                     ::dladdr(reinterpret_cast<const void*>(&library_of), &ours) != 0;
  return known && theirs.dli_fbase != ours.dli_fbase ? fs::path(theirs.dli_fname) : fs::path();
}

// Where the game's folder may be: that of its library; of a game that is part of the program,
// beside the program's pages, in the build and installed; and where it was compiled.
std::vector<fs::path> folders_of(const fs::path& library, const fs::path& source) {
  if (!library.empty()) return {fs::absolute(library).parent_path()};
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  const fs::path bin = program.parent_path();
  const fs::path game = source.parent_path().filename();
  return {bin / "share" / program.filename() / "apps" / game,
          bin.parent_path() / "share/rialto/apps" / game, fs::absolute(source).parent_path()};
}

}  // namespace

GameFile read_game_file(std::string_view function, std::string_view file, const char* source,
                        const void* caller) {
  std::string looked;
  for (const fs::path& folder : folders_of(library_of(caller), source)) {
    const fs::path path = folder / file;
    if (std::ifstream in(path, std::ios::binary); in) {
      return {path.string(), std::string(std::istreambuf_iterator<char>(in), {})};
    }
    looked += (looked.empty() ? "" : ", nor ") + path.string();
  }
  throw std::invalid_argument(std::string(function) + " of " + std::string(file) +
                              ": there is no " + looked);
}

}  // namespace rialto
