#include "apps/command/played_config.h"

#include "apps/command/project.h"

namespace rialto::command {

Result<PlayedConfig> played_config(const std::string& project,
                                   const std::vector<std::string>& libraries,
                                   const std::string& name) {
  const auto file = project_file(project);
  if (!file) return file.error();
  const auto money = read_money(*file);
  if (!money) return money.error();
  Money::set_format(*money);
  const auto offered = offered_apps(libraries);
  if (!offered) return offered.error();
  const auto read = read_project(*file, models_of(*offered));
  if (!read) return read.error();
  const SessionConfig* const config = find_config(read->configs, name);
  if (config == nullptr) {
    return Error{ErrorKind::not_found, "there is no session config or app \"" + name +
                                           "\"; `rialto apps` lists those there are"};
  }
  PlayedConfig played{*config, {}};
  for (const std::string& app : config->apps) {
    for (const OfferedApp& each : *offered) {
      if (each.app->name == app) played.apps.push_back(each);
    }
  }
  return played;
}

}  // namespace rialto::command
