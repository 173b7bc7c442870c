#include "apps/command/played_config.h"

#include "apps/command/offer.h"

namespace rialto::command {

Result<PlayedConfig> played_config(const std::string& project,
                                   const std::vector<std::string>& libraries,
                                   const std::string& name) {
  const auto offer = read_offer(project, libraries);
  if (!offer) return offer.error();
  const SessionConfig* const config = find_config(offer->project.configs, name);
  if (config == nullptr) {
    return Error{ErrorKind::not_found, "there is no session config or app \"" + name +
                                           "\"; `rialto apps` lists those there are"};
  }
  PlayedConfig played{*config, {}};
  for (const std::string& app : config->apps) {
    for (const OfferedApp& each : offer->apps) {
      if (each.app->name == app) played.apps.push_back(each);
    }
  }
  return played;
}

}  // namespace rialto::command
