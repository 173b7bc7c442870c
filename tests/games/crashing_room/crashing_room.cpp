// Crashes whenever it is asked who is to be a group, while two or more wait. For tests.
#include "actors/app.h"

namespace crashing_room {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};
struct Subsession : SubsessionOf<Group> {};

std::vector<const Player*> choose(const Subsession&, const std::vector<const Player*>& waiting) {
  if (waiting.size() >= 2) *static_cast<volatile int*>(nullptr) = 1;
  return {};
}

AnyApp app() {
  return App<Group, Player, Subsession>{
      .name = "crashing_room",
      .doc = "Crashes when it makes a group.",
      .players_per_group = 2,
      .pages = {wait_page({.name = "Room",
                           .group_by_arrival_time = true,
                           .group_by_arrival_time_method = choose}),
                {.name = "End"}},
  };
}
}  // namespace crashing_room
