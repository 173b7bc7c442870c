#include <CLI/CLI.hpp>
#include <filesystem>
#include <memory>
#include <vector>

#include "apps/command/commands.h"
#include "apps/command/dev_session.h"
#include "apps/command/exit_code.h"
#include "apps/command/project.h"
#include "apps/command/project_games.h"
#include "apps/command/scratch_folder.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr const char* notes =
    "Builds the game in DIR and those of the project (games = [\"…\"] in rialto.toml), serves "
    "them\n"
    "with the demo page, and does both again whenever one of their files is saved, or rialto.toml "
    "or\n"
    "a file that it names: the windows that show them load their page anew. What the compiler or "
    "the\n"
    "check of the pages says stands in the terminal and in the windows; until it is mended the\n"
    "version before goes on, and the other games. Its data are in a folder of their own and gone "
    "at\n"
    "the end.\n"
    "\n"
    "Examples:\n"
    "  rialto new dilemma && rialto dev dilemma\n"
    "  rialto dev                       all games of the project in this folder\n";

struct Options {
  std::string folder;
  std::string listen = "127.0.0.1:8000";
  std::string project;
};

// The one that is named, and the project's.
Result<std::vector<fs::path>> games_of(const Options& options, const fs::path& project) {
  auto games = project_games(project);
  if (!games || options.folder.empty()) return games;
  if (!fs::is_directory(options.folder)) {
    return Error{ErrorKind::not_found, "there is no folder " + options.folder};
  }
  const auto is_named = [&](const fs::path& game) {
    std::error_code error;
    return fs::equivalent(game, options.folder, error);
  };
  std::erase_if(*games, is_named);
  games->insert(games->begin(), fs::path(options.folder).lexically_normal());
  return games;
}

int develop(const Options& options) {
  const auto project = project_file(options.project);
  if (!project) return fail(project.error());
  const auto games = games_of(options, *project);
  if (!games) return fail(games.error());
  if (games->empty()) {
    return fail({ErrorKind::invalid,
                 "name a game's folder, as in rialto dev dilemma, or the project's games in "
                 "rialto.toml: games = [\"dilemma\"]"});
  }
  const ScratchFolder scratch("rialto-dev");
  if (scratch.path().empty()) {
    return fail(
        {ErrorKind::unavailable, "cannot make a folder in " + fs::temp_directory_path().string()});
  }
  const auto games_now = [&] { return games_of(options, *project); };
  return DevSession({games_now, *project, scratch.path(), options.listen}).run();
}

}  // namespace

void add_dev(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      program.add_subcommand("dev", "Serve games while they are being written");
  command->add_option("DIR", options->folder, "Folder of a game; without it, all of the project");
  add_project_option(*command, options->project);
  command->add_option("--listen", options->listen, "Where to listen, on this machine")
      ->type_name("HOST:PORT")
      ->capture_default_str();
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return develop(*options); }; });
}

}  // namespace rialto::command
