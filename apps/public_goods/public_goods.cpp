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
  for (Player& player : group.players()) {
    if (!player.is_dropped()) total += player.contribution;
  }
  group.total = total;
  group.share = total * C::multiplier / C::players;
  for (Player& player : group.players()) {
    if (player.is_dropped()) continue;
    player.payoff = C::endowment - player.contribution + group.share;
  }
}

void play_round(Bot& bot, const Player& me) {
  if (bot.on("Contribute")) {
    bot.must_fail({{"contribution", C::endowment + 1}}, {"contribution"});
    if (bot.in_case("one gives nothing") && me.id_in_group() == 1) {
      bot.submit({{"contribution", 0}});
    } else if (bot.in_case("one does not answer") && me.id_in_group() == 1) {
      bot.time_out();
    } else {
      bot.submit({{"contribution", C::endowment}});
    }
  }
  if (bot.on("Results")) {
    expect(me.group().total, bot.in_case("all give") ? 60 : 40);
    expect(me.payoff, C::endowment - me.contribution + me.group().share);
    expect("You earn", "in", bot.html());
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
      .play_round = play_round,
      .cases = {"all give", "one gives nothing", "one does not answer"},
  };
}
}  // namespace public_goods
