#include <CLI/CLI.hpp>
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <vector>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/command/offer.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr const char* notes =
    "GAME is a game of `rialto apps`, a library that `rialto build` has made, or the folder it is\n"
    "in; without one all games of the project, or if it names none those that are built in. "
    "Looked\n"
    "for are: a game that does not load, two\n"
    "columns or pages of one name, a redeclared payoff, a page without its HTML, names in "
    "templates\n"
    "that are not there, and variables that are changed but are no columns.\n"
    "\n"
    "Examples:\n"
    "  rialto check auction\n"
    "  rialto build dilemma && rialto check dilemma\n"
    "\n"
    "Exit codes: 0 nothing found, 1 something found.\n";

struct Options {
  std::string project;
  std::vector<std::string> games;
};

using Checked = Result<std::vector<std::string>>;

int tell(const std::string& game, const Checked& checked) {
  if (!checked) {
    std::fprintf(stderr, "rialto: %s\n", checked.error().message.c_str());
    return exit_failed;
  }
  for (const std::string& warning : *checked) {
    std::fprintf(stderr, "rialto: %s: %s\n", game.c_str(), warning.c_str());
  }
  if (checked->empty()) std::printf("%s: nothing found\n", game.c_str());
  return checked->empty() ? exit_done : exit_failed;
}

int check_library(const std::string& library) { return tell(library, check_game(library)); }

int check_offered(const OfferedApp& app) {
  if (!app.library.empty()) return check_library(app.library);
  return tell(app.app->name, check_game(app));
}

int check_one(const std::string& game, const std::vector<OfferedApp>& apps) {
  const auto same = [&](const OfferedApp& offered) { return offered.app->name == game; };
  const auto offered = std::find_if(apps.begin(), apps.end(), same);
  const fs::path path = fs::path(game).lexically_normal();
  const bool is_here = fs::is_regular_file(path) || fs::exists(path / (game + ".so"));
  if (offered != apps.end() && !is_here) return check_offered(*offered);
  if (!fs::is_directory(path)) {
    if (fs::exists(path)) return check_library(path);
    return fail({ErrorKind::not_found, "there is no game " + game +
                                           "; `rialto apps` lists those there are, others "
                                           "are named by their folder or library"});
  }
  const std::string name = fs::weakly_canonical(fs::absolute(path)).filename();
  const fs::path library = path / (name + ".so");
  if (fs::exists(library)) return check_library(library);
  return fail({ErrorKind::not_found,
               "there is no " + library.string() + "; make it with: rialto build " + game});
}

int check(const Options& options) {
  const auto offer = read_offer(options.project, {});
  if (!offer) return fail(offer.error());
  int code = exit_done;
  if (options.games.empty()) {
    const auto is_own = [](const OfferedApp& app) { return !app.library.empty(); };
    const bool own_alone = std::ranges::any_of(offer->apps, is_own);
    for (const OfferedApp& app : offer->apps) {
      if (!own_alone || is_own(app)) code = std::max(code, check_offered(app));
    }
  }
  for (const std::string& game : options.games) {
    code = std::max(code, check_one(game, offer->apps));
  }
  return code;
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      program.add_subcommand("check", "Look for mistakes in a game before it is played");
  command->add_option("GAME", options->games, "A game's name, its library or its folder");
  add_project_option(*command, options->project);
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace rialto::command
