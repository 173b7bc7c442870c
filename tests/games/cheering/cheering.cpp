// A wait page with HTML of its own, on which those who wait cheer each other up.
#include "actors/app.h"

namespace cheering {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> cheers{this, "cheers", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> mood{this, "mood", {.initial = 2, .choices = {{1, "Low"}, {2, "High"}}}};
};

Reply cheer(Player& player, const Value&) {
  player.group().cheers += 1;
  return broadcast({{"cheers", player.group().cheers}});
}

Value me(const Player& player) { return {{"me", player.id_in_group()}}; }

AnyApp app() {
  return App<Group, Player>{
      .name = "cheering",
      .players_per_group = 3,
      .pages = {{.name = "Begin"},
                wait_page({.name = "Wait",
                           .title_text = "A moment",
                           .body_text = "The others are on their way.",
                           .live_method = cheer,
                           .js_vars = me,
                           .vars_for_template = me}),
                {.name = "Results"}},
  };
}
}  // namespace cheering
