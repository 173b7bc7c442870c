// Everyone earns what he says, and is told what that is worth. project/paid is the same for oTree.
#include "actors/app.h"

namespace paid {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<Money> amount{this, "amount", {.min = no_limit}};
};

void earn(Player& player) { player.payoff = player.amount; }

Value own(const Player& player) { return {{"own", player.to_real_world_currency(player.payoff)}}; }

Value in_scripts(const Player& player) {
  return {{"paid", player.participant().payoff_plus_participation_fee()}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "paid",
      .doc = "Everyone earns what he says.",
      .players_per_group = 1,
      .pages = {{.name = "Earn", .form = {&Player::amount}, .before_next_page = earn},
                {.name = "Paid", .js_vars = in_scripts, .vars_for_template = own}},
  };
}
}  // namespace paid
