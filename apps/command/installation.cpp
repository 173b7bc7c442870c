#include "apps/command/installation.h"

#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

// In a build folder each program has its own share; installed it is PREFIX/bin and PREFIX/share.
fs::path find(const fs::path& built, const fs::path& installed) {
  const fs::path beside = play::program_file().parent_path() / built;
  std::error_code error;
  if (fs::is_directory(beside, error)) return beside;
  return play::program_file().parent_path().parent_path() / installed;
}

}  // namespace

fs::path pages_folder() {
  return find(fs::path("share") / play::program_file().filename() / "apps", "share/rialto/apps");
}

fs::path bots_script() {
  return find(fs::path("share") / play::program_file().filename() / "play", "share/rialto/play") /
         "browser_bots.mjs";
}

fs::path headers_folder() { return find("include/rialto", "include/rialto"); }

}  // namespace rialto::command
