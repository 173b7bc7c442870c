// Every amount that is sent goes into a field, a log and a payoff: for tests of what an export
// makes of money.
#include "actors/app.h"

namespace payments {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> newest{this, "newest"};
  Log<int, Money> amounts{this, "amounts", {"id_in_group", "amount"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> own{this, "own", Money::parse("0.5")};
};

Reply pay(Player& player, const Value& data) {
  Group& group = player.group();
  if (data.is_null()) {
    group.newest = nullptr;
    player.own = nullptr;
    return {};
  }
  const auto amount = data.as<Money>();
  group.newest = amount;
  group.amounts.append(player.id_in_group(), amount);
  player.own = amount;
  player.payoff = amount;
  return broadcast(amount);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "payments",
      .players_per_group = 3,
      .pages = {{.name = "Pay", .live_method = pay}},
  };
}
}  // namespace payments
