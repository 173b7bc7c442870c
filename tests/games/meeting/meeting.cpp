// For load tests: groups of four by arrival time, then a page that is the last.
#include "actors/app.h"

namespace meeting {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

AnyApp app() {
  return App<Group, Player>{
      .name = "meeting",
      .players_per_group = 4,
      .pages = {wait_page({.name = "Room", .group_by_arrival_time = true}), {.name = "Together"}},
  };
}
}  // namespace meeting
