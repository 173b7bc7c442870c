// Pairs that stay, two rounds: how much each gives, a wait for the other, a live page that is left
// by its form. For tests of faults: what one gives the other gets, and every hook counts.
#include "actors/app.h"

namespace sharing {
using namespace rialto;

constexpr int endowment = 10;

struct Group : GroupOf<struct Player> {
  Field<int> settled{this, "settled", 0};
  Field<int> sum{this, "sum", 0};
  Log<int, int> said{this, "said", {"player", "token"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> given{this, "given", {.min = 0, .max = endowment, .label = "You give"}};
  Field<int> token{this, "token", {.min = 0, .label = "A number that you think of"}};
  Field<int> left{this, "left", 0};
};

void settle(Group& group) {
  group.settled += 1;
  for (Player& player : group.players()) {
    if (player.given.is_null()) continue;  // has left the experiment before
    player.payoff += endowment - player.given;
    for (Player& other : player.others()) player.payoff += other.given.value_or(0);
  }
}

Reply say(Player& player, const Value& data) {
  Group& group = player.group();
  group.sum += data["number"].as<int>();
  group.said.append(player.id_in_group(), data["token"].as<int>());
  return broadcast({{"from", player.id_in_group()}, {"token", data["token"]}, {"sum", group.sum}});
}

void leave(Player& player) {
  player.left += 1;
  player.participant().set("steps", player.participant().get("steps", 0).as<int>() + 1);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "sharing",
      .doc = "Two players, two rounds: what one gives the other gets.",
      .players_per_group = 2,
      .rounds = 2,
      .pages = {{.name = "Give",
                 .form = {&Player::given, &Player::token},
                 .before_next_page = leave,
                 .timeout = 1s},
                wait_page({.name = "Wait", .after_all_players_arrive = settle}),
                {.name = "Talk", .live_method = say, .before_next_page = leave},
                {.name = "Results", .before_next_page = leave, .timeout = 500ms}},
  };
}
}  // namespace sharing
