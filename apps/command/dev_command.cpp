#include <CLI/CLI.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "apps/command/commands.h"
#include "apps/command/dev_session.h"
#include "apps/command/exit_code.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr const char* notes =
    "Builds the game in DIR, serves it with the demo page, and does both again whenever one of "
    "its\n"
    "files is saved: the windows that show it load their page anew. What the compiler or the "
    "check\n"
    "of the pages says stands in the terminal and in the windows; until it is mended the version\n"
    "before goes on. Its data are in a folder of their own and gone at the end.\n"
    "\n"
    "Example:\n"
    "  rialto new dilemma && rialto dev dilemma\n";

// A folder that is gone with this object.
class Scratch {
 public:
  Scratch() : path_(fs::temp_directory_path() / "rialto-dev-XXXXXX") {
    if (::mkdtemp(path_.data()) == nullptr) path_.clear();
  }
  ~Scratch() {
    std::error_code error;
    if (!path_.empty()) fs::remove_all(path_, error);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

int develop(const std::string& folder, const std::string& listen) {
  if (!fs::is_directory(folder)) {
    return fail({ErrorKind::not_found, "there is no folder " + folder});
  }
  const Scratch scratch;
  if (scratch.path().empty()) {
    return fail(
        {ErrorKind::unavailable, "cannot make a folder in " + fs::temp_directory_path().string()});
  }
  return DevSession({fs::path(folder).lexically_normal(), scratch.path(), listen, {}}).run();
}

}  // namespace

void add_dev(CLI::App& program, Action& action) {
  struct Options {
    std::string folder;
    std::string listen = "127.0.0.1:8000";
  };
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("dev", "Serve a game while it is being written");
  command->add_option("DIR", options->folder, "Folder of the game")->required();
  command->add_option("--listen", options->listen, "Where to listen, on this machine")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  command->footer(notes);
  command->callback([options, &action] {
    action = [options] { return develop(options->folder, options->listen); };
  });
}

}  // namespace rialto::command
