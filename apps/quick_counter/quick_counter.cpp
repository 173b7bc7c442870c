// One player who clicks as fast as possible: each click is counted and thanked for, to the sender
// only.
#include "actors/app.h"

namespace quick_counter {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> clicks{this, "clicks", 0};
};

Reply click(Player& player, const Value&) {
  player.clicks += 1;
  return to(player, "thanks");
}

Value vars(const Player& player) { return {{"clicks", player.clicks}}; }

std::optional<Value> bot(BotPlayer&) { return "click"; }

AnyApp app() {
  return App<Group, Player>{
      .name = "quick_counter",
      .doc = "One player alone clicks as fast as possible.",
      .players_per_group = 1,
      .pages = {{.name = "Click", .live_method = click}, {.name = "Results", .js_vars = vars}},
      .bot = bot,
  };
}
}  // namespace quick_counter
