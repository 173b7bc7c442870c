// Twenty rounds in groups of four, with fields of every common type: what an export of a large
// session is measured on.
#include "actors/app.h"

namespace twenty_rounds {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> total{this, "total", 0};
  Field<int> decisions{this, "decisions", 0};
  Log<int, Money> contributions{this, "contributions", {"id_in_group", "amount"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> contribution{this, "contribution"};
  Field<int> guess{this, "guess"};
  Field<bool> sure{this, "sure", false};
  Field<std::string> remark{this, "remark"};
};

Reply decide(Player& player, const Value& data) {
  Group& group = player.group();
  const auto amount = data.as<Money>();
  player.contribution = amount;
  player.guess = group.decisions;
  player.sure = true;
  player.remark = "I gave as much as I thought the others would give";
  player.payoff = amount;
  group.total += amount;
  group.decisions += 1;
  group.contributions.append(player.id_in_group(), amount);
  return broadcast({{"id_in_group", player.id_in_group()}, {"total", group.total}});
}

AnyApp app() {
  return App<Group, Player>{
      .name = "twenty_rounds",
      .players_per_group = 4,
      .rounds = 20,
      .pages = {{.name = "Decide", .live_method = decide}, {.name = "Results"}},
  };
}
}  // namespace twenty_rounds
