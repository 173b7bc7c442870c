#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <memory>
#include <vector>

#include "apps/command/app_bounds.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/command/near_word.h"
#include "apps/command/offer.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"

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
    "that are not there, variables that are changed but are no columns, and pages that go past a\n"
    "bound. The bounds that the game can raise are told, with what raises them.\n"
    "\n"
    "Examples:\n"
    "  rialto check auction\n"
    "  rialto build dilemma && rialto check dilemma\n"
    "\n"
    "Exit codes: 0 nothing found, 1 something found.\n";

struct Options {
  std::string project;
  std::vector<std::string> games;
  bool json = false;
};

// What was found in a game; an error: it cannot be looked at, or not be played.
struct Finding {
  std::string game;
  Result<CheckedGame> checked;

  bool is_clean() const { return checked && checked->found.empty(); }
};

void tell(const Finding& finding) {
  if (!finding.checked) return void(fail(finding.checked.error()));
  for (const std::string& each : finding.checked->found) {
    say_aside("rialto: {}: {}\n", finding.game, each);
  }
  if (finding.is_clean()) say("{}: nothing found\n", finding.game);
  for (const std::string& each : bounds_in_words(finding.checked->bounds)) say("  {}\n", each);
}

Value as_value(const Finding& finding) {
  Value value{{"game", finding.game}};
  if (!finding.checked) {
    value.set("error", finding.checked.error().message);
    return value;
  }
  value.set("found", Value(finding.checked->found));
  value.set("bounds", finding.checked->bounds);
  return value;
}

Finding check_library(const std::string& library) { return {library, check_game(library)}; }

Finding check_offered(const OfferedApp& app) {
  if (!app.library.empty()) return check_library(app.library);
  return {app.app->name, check_game(app)};
}

Finding check_one(const std::string& game, const std::vector<OfferedApp>& apps) {
  const auto same = [&](const OfferedApp& offered) { return offered.app->name == game; };
  const auto offered = std::find_if(apps.begin(), apps.end(), same);
  const fs::path path = fs::path(game).lexically_normal();
  const bool is_here = fs::is_regular_file(path) || fs::exists(path / (game + ".so"));
  if (offered != apps.end() && !is_here) return check_offered(*offered);
  if (!fs::is_directory(path)) {
    if (fs::exists(path)) return check_library(path);
    std::vector<std::string> known;
    for (const OfferedApp& each : apps) known.push_back(each.app->name);
    return {game,
            Error{ErrorKind::not_found, "there is no game " + game +
                                            "; `rialto apps` lists those there are, others are "
                                            "named by their folder or library" +
                                            did_you_mean(game, known)}};
  }
  const std::string name = fs::weakly_canonical(fs::absolute(path)).filename();
  const fs::path library = path / (name + ".so");
  if (fs::exists(library)) return check_library(library);
  return {game, Error{ErrorKind::not_found,
                      "there is no " + library.string() + "; make it with: rialto build " + game}};
}

// Of the games that were named, or of all.
std::vector<Finding> look_at(const Options& options, const Offer& offer) {
  const ProgressLine progress("looking at the games");
  std::vector<Finding> findings;
  for (const std::string& game : options.games) {
    const auto broken = std::ranges::find(offer.left_out, game, &LeftOut::name);
    const bool is_broken = broken != offer.left_out.end();
    findings.push_back(is_broken ? Finding{game, Error{ErrorKind::invalid, broken->why}}
                                 : check_one(game, offer.apps));
  }
  if (!options.games.empty()) return findings;
  for (const LeftOut& each : offer.left_out) {
    findings.push_back({each.name, Error{ErrorKind::invalid, each.why}});
  }
  const auto is_own = [](const OfferedApp& app) { return !app.library.empty(); };
  const bool own_alone = !findings.empty() || std::ranges::any_of(offer.apps, is_own);
  for (const OfferedApp& app : offer.apps) {
    if (!own_alone || is_own(app)) findings.push_back(check_offered(app));
  }
  return findings;
}

int check(const Options& options) {
  const auto offer = read_offer(options.project, {});
  if (!offer) return fail(offer.error());
  const std::vector<Finding> findings = look_at(options, *offer);
  Value all = Value::empty_list();
  for (const Finding& each : findings) options.json ? void(all.append(as_value(each))) : tell(each);
  if (options.json) say_json(all);
  return std::ranges::all_of(findings, &Finding::is_clean) ? exit_done : exit_failed;
}

}  // namespace

void add_check(CLI::App& program, Action& action) {
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      program.add_subcommand("check", "Look for mistakes in a game before it is played");
  command->add_option("GAME", options->games, "A game's name, its library or its folder");
  add_project_option(*command, options->project);
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action] { action = [options] { return check(*options); }; });
}

}  // namespace rialto::command
