// Three rounds of short pages around a wait page: somebody vanishes, and the others play on.
#include "actors/app.h"

namespace vanishing {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> gift{this, "gift", {.max = 10}};
  Field<bool> away{this, "away", false};
};

void note(Player& player, bool) { player.away = !player.is_present(); }

void add_up(Group& group) {
  for (const Player& player : group.players()) {
    if (!player.is_dropped()) group.total += player.gift;
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "vanishing",
      .players_per_group = 3,
      .rounds = 3,
      .pages = {{.name = "Give", .form = {&Player::gift}, .before_next_page = note, .timeout = 1s},
                wait_page({.name = "Wait", .after_all_players_arrive = add_up}),
                {.name = "Result", .timeout = 1s}},
  };
}
}  // namespace vanishing
