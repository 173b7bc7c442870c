#include <CLI/CLI.hpp>
#include <memory>

#include "actors/value.h"
#include "apps/command/app_bounds.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/offer.h"
#include "apps/command/say.h"

namespace rialto::command {
namespace {

struct AppsOptions {
  std::string project;
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
          {"pages", std::move(pages)},
          {"bounds", bounds_of(app)}};
}

Value describe(const SessionConfig& config, const std::vector<AnyApp>& apps) {
  return {{"name", config.name},
          {"display_name", config.title()},
          {"doc", config.doc},
          {"app_sequence", Value(config.apps)},
          {"demo_participants", demo_size(config, apps)},
          {"participants_step", participants_step(config, apps)},
          {"values", config.all_values()}};
}

void print(const AppModel& app) {
  const int players = app.players_per_group;
  const std::string groups = players == 0   ? "everybody in one group"
                             : players == 1 ? "1 player"
                                            : "groups of " + std::to_string(players);
  say("{:<20} {:<22} {}\n", app.name, groups, app.doc);
}

void print(const SessionConfig& config) {
  std::string apps;
  for (const std::string& app : config.apps) apps += (apps.empty() ? "" : ", ") + app;
  say("{:<20} {:<22} {}\n", config.name, apps, config.doc.empty() ? config.title() : config.doc);
}

// The configs of the project file; each app by itself is one, too, and not told twice.
std::vector<SessionConfig> own_configs(const Project& project, const std::vector<AnyApp>& apps) {
  std::vector<SessionConfig> own;
  for (const SessionConfig& each : project.configs) {
    const bool by_itself = each.apps.size() == 1 && each.apps[0] == each.name;
    if (!by_itself || find_app(apps, each.name) == nullptr) own.push_back(each);
  }
  return own;
}

int list_apps(const AppsOptions& options) {
  const auto offer = read_offer(options.project, options.libraries);
  if (!offer) return fail(offer.error());
  tell_left_out(*offer);
  const std::vector<AnyApp> apps = models_of(offer->apps);
  const std::vector<SessionConfig> configs = own_configs(offer->project, apps);
  if (options.json) {
    Value all = Value::empty_list();
    for (const SessionConfig& each : configs) all.append(describe(each, apps));
    for (const AnyApp& each : apps) all.append(describe(*each));
    say_json(all);
  } else {
    for (const SessionConfig& each : configs) print(each);
    for (const AnyApp& each : apps) print(*each);
  }
  return offer->left_out.empty() ? exit_done : exit_failed;
}

}  // namespace

void add_apps(CLI::App& program, Action& action) {
  auto options = std::make_shared<AppsOptions>();
  CLI::App* const command =
      program.add_subcommand("apps", "List the session configs and the games there are");
  add_project_option(*command, options->project);
  add_library_option(*command, options->libraries);
  add_json_option(*command, options->json);
  command->callback([options, &action] { action = [options] { return list_apps(*options); }; });
}

}  // namespace rialto::command
