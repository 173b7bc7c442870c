// The way out of a whole experiment: what was earned.
#include "actors/app.h"

namespace leaving {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> left{this, "left", 0};
};

void leave(Player& player) {
  player.left += 1;
  player.participant().set("steps", player.participant().get("steps", 0).as<int>() + 1);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "leaving",
      .doc = "What was earned.",
      .players_per_group = 1,
      .pages = {{.name = "Bye", .before_next_page = leave}},
  };
}
}  // namespace leaving
