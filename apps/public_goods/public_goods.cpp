// A public goods game (voluntary contribution mechanism, Isaac and Walker 1988): each keeps what he
// does not give; what is given is multiplied and shared by all, givers or not. Ten rounds.
#include "actors/app.h"

namespace public_goods {
using namespace rialto;

struct C {
  static constexpr int endowment = 20;
  static constexpr double multiplier = 1.6;
  static constexpr int players = 3;
};

struct Group : GroupOf<struct Player> {
  Field<Money> total{this, "total"};  // null until all have given
  Field<Money> share{this, "share"};
};
struct Player : PlayerIn<Group> {
  Field<Money> contribution{
      this,
      "contribution",
      {.min = 0, .max = C::endowment, .label = "How much do you give to the project?"}};
};

void set_payoffs(Group& group) {
  Money total = 0;
  for (Player& player : group.players()) total += player.contribution;
  group.total = total;
  group.share = total * C::multiplier / C::players;
  for (Player& player : group.players()) {
    player.payoff = C::endowment - player.contribution + group.share;
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "public_goods",
      .doc = "Three players, ten rounds: what you give is multiplied and shared by all.",
      .players_per_group = C::players,
      .rounds = 10,
      .constants = {{"ENDOWMENT", C::endowment}, {"MULTIPLIER", C::multiplier}},
      .pages = {{.name = "Contribute", .form = {&Player::contribution}, .timeout = 90s},
                wait_page({.name = "WaitForOthers", .after_all_players_arrive = set_payoffs}),
                {.name = "Results", .timeout = 30s}},
  };
}
}  // namespace public_goods
