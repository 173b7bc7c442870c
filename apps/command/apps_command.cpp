#include <CLI/CLI.hpp>
#include <cstdio>
#include <memory>

#include "actors/value.h"
#include "apps/command/app_list.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"

namespace rialto::command {
namespace {

struct AppsOptions {
  std::vector<std::string> libraries;
  bool json = false;
};

Value describe(const AppModel& app) {
  Value pages = Value::empty_list();
  for (const PageModel& page : app.pages) pages.append(page.name);
  return {{"name", app.name},
          {"display_name", app.display_name},
          {"doc", app.doc},
          {"players_per_group", app.players_per_group},
          {"pages", std::move(pages)}};
}

int list_apps(const AppsOptions& options) {
  const Result<std::vector<OfferedApp>> offered = offered_apps(options.libraries);
  if (!offered) return fail(offered.error());
  Value all = Value::empty_list();
  for (const OfferedApp& each : *offered) all.append(describe(*each.app));
  if (options.json) {
    std::printf("%s\n", all.dump().c_str());
    return exit_done;
  }
  for (const OfferedApp& each : *offered) {
    const int players = each.app->players_per_group;
    const std::string groups = players == 0   ? "everybody in one group"
                               : players == 1 ? "1 player"
                                              : "groups of " + std::to_string(players);
    std::printf("%-20s %-22s %s\n", each.app->name.c_str(), groups.c_str(), each.app->doc.c_str());
  }
  return exit_done;
}

}  // namespace

void add_apps(CLI::App& program, Action& action) {
  auto options = std::make_shared<AppsOptions>();
  CLI::App* const command = program.add_subcommand("apps", "List the games there are");
  command->add_option("--app", options->libraries, "A library with one more game")
      ->type_name("FILE.so");
  command->add_flag("--json", options->json, "Print one JSON value, for scripts");
  command->callback([options, &action] { action = [options] { return list_apps(*options); }; });
}

}  // namespace rialto::command
