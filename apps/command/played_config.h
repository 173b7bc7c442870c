// A session config that bots are to play, with its apps: what `bots` and `load` begin with. A free
// function, to be called once, before there are threads. Guarantee: money is written as the
// project says before any app is made.
#pragma once

#include <string>
#include <vector>

#include "actors/session_config.h"
#include "apps/command/app_list.h"
#include "storage/result.h"

namespace rialto::command {

struct PlayedConfig {
  SessionConfig config;
  std::vector<OfferedApp> apps;  // the config's, in order
};

// `project` and `libraries` as the command line has them; `name`: of a config, or of an app.
Result<PlayedConfig> played_config(const std::string& project,
                                   const std::vector<std::string>& libraries,
                                   const std::string& name);

}  // namespace rialto::command
