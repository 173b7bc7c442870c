#include "apps/command/played_config.h"

#include "apps/command/near_word.h"
#include "apps/command/offer.h"

namespace rialto::command {

Result<PlayedConfig> played_config(const std::string& project,
                                   const std::vector<std::string>& libraries,
                                   const std::string& name) {
  const auto offer = read_offer(project, libraries);
  if (!offer) return offer.error();
  if (auto can = offer->project.can_be_played(name); !can) return can.error();
  tell_left_out(*offer);
  const SessionConfig* const config = find_config(offer->project.configs, name);
  if (config == nullptr) {
    std::vector<std::string> known;
    for (const SessionConfig& each : offer->project.configs) known.push_back(each.name);
    return Error{ErrorKind::not_found, "there is no session config or app \"" + name +
                                           "\"; `rialto apps` lists those there are" +
                                           did_you_mean(name, known)};
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
