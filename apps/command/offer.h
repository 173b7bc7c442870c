// All that a program has to play: its games, those of the project, the project's configs and rooms.
// A free function, to be called once, before there are threads. Guarantee: money is written as the
// project says before any app is made.
#pragma once

#include <string>
#include <vector>

#include "apps/command/app_list.h"
#include "apps/command/project.h"
#include "storage/result.h"

namespace rialto::command {

struct Offer {
  std::vector<OfferedApp> apps;
  Project project;
};

// `project` and `libraries` as the command line has them.
Result<Offer> read_offer(const std::string& project, const std::vector<std::string>& libraries);

}  // namespace rialto::command
