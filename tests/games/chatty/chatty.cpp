// A chat beside a live page, and the same chat on a page that is not live.
#include "actors/app.h"

namespace chatty {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
};
struct Player : PlayerIn<Group> {};

Reply count(Player& player, const Value&) {
  player.group().total += 1;
  return broadcast({{"total", player.group().total}});
}

Value alias(const Player& player) {
  return {{"alias", "Trader <i>" + std::to_string(player.id_in_group())}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "chatty",
      .doc = "Two talk while they count.",
      .players_per_group = 2,
      .pages = {{.name = "Count", .live_method = count, .vars_for_template = alias},
                {.name = "Rest"}},
  };
}
}  // namespace chatty
