// All that a program has to play: its games, those of the project, the project's configs and rooms.
// Free functions, to be called once, before there are threads. Guarantees: money is written as the
// project says before any app is made; a game of the project that does not compile or load is left
// out, and all others are there.
#pragma once

#include <string>
#include <vector>

#include "apps/command/app_list.h"
#include "apps/command/left_out.h"
#include "apps/command/project.h"
#include "storage/result.h"

namespace rialto::command {

struct Offer {
  std::vector<OfferedApp> apps;
  std::vector<LeftOut> left_out;
  Project project;
};

enum class Offering {
  anew,      // games whose sources have changed are built; a library that was named must load
  as_built,  // nothing is built, and what does not load is left out: others play already
};

// `project` and `libraries` as the command line has them.
Result<Offer> read_offer(const std::string& project, const std::vector<std::string>& libraries,
                         Offering offering = Offering::anew);

// What was left out, why, and which configs cannot be played for that, on standard error.
void tell_left_out(const Offer& offer);

}  // namespace rialto::command
