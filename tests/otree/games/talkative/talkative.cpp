// Groups of two talk on two pages, under their numbers and under masks; project/talkative is the
// same for oTree.
#include "actors/app.h"

namespace talkative {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Value mask(const Player& player) {
  return {{"mask", "<Mask> & " + std::to_string(player.id_in_group())}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "talkative",
      .doc = "Groups of two talk.",
      .players_per_group = 2,
      .rounds = 2,
      .pages = {{.name = "Talk"}, {.name = "Masked", .vars_for_template = mask}},
  };
}
}  // namespace talkative
