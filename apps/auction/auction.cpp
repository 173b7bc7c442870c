// An English auction with a soft close: every higher bid restarts the countdown of a minute.
#include "actors/app.h"

namespace auction {
using namespace rialto;

constexpr int prize = 100, largest_raise = 1000;  // the latter stops who types a zero too many

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
  Field<int> highest_bidder{this, "highest_bidder"};           // null until someone bids
  Log<int, Money> bids{this, "bids", {"id_in_group", "bid"}};  // the raw data, a row a bid
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  Group& group = player.group();
  const auto amount = data.as<Money>(exact);
  if (amount <= group.highest_bid) return reject("Your bid is too low.");
  if (amount > group.highest_bid + largest_raise) return reject("Your bid is too high.");
  group.highest_bid = amount;
  group.highest_bidder = player.id_in_group();
  group.bids.append(player.id_in_group(), amount);
  group.restart_timeout();
  return broadcast({{"id_in_group", player.id_in_group()}, {"bid", amount}});
}

void pay_winner(Group& group) {
  if (group.highest_bidder.is_null()) return;
  group.player(group.highest_bidder).payoff = prize - group.highest_bid;
}

Value vars(const Player& player) {
  const Group& group = player.group();
  return {{"id_in_group", player.id_in_group()},
          {"prize", prize},
          {"winner", group.highest_bidder.or_null()},
          {"highest_bid", group.highest_bid},
          {"payoff", player.payoff}};
}

std::optional<Value> bot(BotPlayer& me) {  // bids one more than what it last saw
  return me.last().get("bid", Money(0)) + 1;
}

void play_round(Bot& bot, const Player& me) {
  if (!bot.on("Results")) return;
  const Group& group = me.group();
  const bool has_won = group.highest_bidder == me.id_in_group();
  expect(me.payoff, has_won ? prize - group.highest_bid : Money(0));
  expect(bot.js_vars()["highest_bid"], group.highest_bid);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "auction",
      .doc = "Three bidders, one prize. It ends a minute after the last bid.",
      .players_per_group = 3,
      .pages = {{.name = "Bid",
                 .live_method = bid,
                 .js_vars = vars,
                 .group_timeout = 60s,
                 .on_timeout = pay_winner},
                {.name = "Results", .js_vars = vars}},
      .bot = bot,
      .play_round = play_round,
  };
}
}  // namespace auction
