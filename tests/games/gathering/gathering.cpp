// Groups of three by arrival time, two rounds of gifts on a live page with the group's time, a wait
// for the group and a wait for all groups. For tests of faults: money only changes hands, and every
// hook counts how often it ran.
#include "actors/app.h"

namespace gathering {
using namespace rialto;

constexpr int endowment = 10, most_gifts = 5;

struct Group : GroupOf<struct Player> {
  Field<int> settled{this, "settled", 0};
  Field<int> timeouts{this, "timeouts", 0};
  Log<int, int, Money, int> gifts{this, "gifts", {"giver", "receiver", "amount", "token"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> balance{this, "balance", endowment};
  Field<int> left{this, "left", 0};
};
struct Subsession : SubsessionOf<Group> {
  Field<int> closed{this, "closed", 0};
  Field<Money> total{this, "total", 0};
};

Reply give(Player& player, const Value& data) {
  Group& group = player.group();
  Player& receiver = group.player(data["to"]);
  const auto amount = data["amount"].as<Money>();
  if (amount <= 0 || amount > player.balance) return reject("You have not got that much.");
  player.balance -= amount;
  receiver.balance += amount;
  group.gifts.append(player.id_in_group(), receiver.id_in_group(), amount, data["token"].as<int>());
  if (group.gifts.size() >= most_gifts) group.move_on();
  return broadcast({{"from", player.id_in_group()}, {"token", data["token"]}});
}

void count_timeout(Group& group) { group.timeouts += 1; }

void settle(Group& group) {
  group.settled += 1;
  for (Player& player : group.players()) player.payoff += player.balance;
}

void close(Subsession& subsession) {
  subsession.closed += 1;
  for (Group& group : subsession.groups()) {
    for (Player& player : group.players()) subsession.total += player.payoff;
  }
}

void leave(Player& player) {
  player.left += 1;
  player.participant().set("steps", player.participant().get("steps", 0).as<int>() + 1);
}

AnyApp app() {
  return App<Group, Player, Subsession>{
      .name = "gathering",
      .doc = "Groups of three as people arrive, two rounds of gifts.",
      .players_per_group = 3,
      .rounds = 2,
      .pages = {wait_page({.name = "Room",
                           .group_by_arrival_time = true,
                           .max_wait = 2s,
                           .exit_page = "Alone"}),
                {.name = "Trade",
                 .live_method = give,
                 .group_timeout = 1500ms,
                 .on_timeout = count_timeout},
                wait_page({.name = "Settle", .after_all_players_arrive = settle}),
                wait_page({.name = "Close",
                           .wait_for_all_groups = true,
                           .after_all_players_arrive = close}),
                {.name = "Results", .before_next_page = leave, .timeout = 500ms},
                {.name = "Alone", .before_next_page = leave}},
  };
}
}  // namespace gathering
