// The auction for pages that remember nothing, written as for oTree: a page that loads asks with {}
// for the bids so far. Compare with the folder auction, whose page gets its history by itself.
#include "actors/app.h"

namespace auction_load_request {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
  Log<int, Money> bids{this, "bids", {"id_in_group", "bid"}};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  Group& group = player.group();
  // Transient: the answer to this load is of no use to the next one.
  if (data.is_object()) return transient(to(player, {{"history", group.bids}}));
  const auto amount = data.as<Money>(exact);
  if (amount <= group.highest_bid) return reject("Your bid is too low.");
  if (amount > group.highest_bid + 1000) return reject("Your bid is too high.");
  group.highest_bid = amount;
  group.bids.append(player.id_in_group(), amount);
  return broadcast({{"id_in_group", player.id_in_group()}, {"bid", amount}});
}

std::string enough_bids(const Player& player, const Value&) {
  return player.group().bids.empty() ? "Please wait for the first bid." : "";
}

std::optional<Value> bot(BotPlayer& me) {  // first the load request, then one more than it last saw
  if (me.last().is_null()) return Value::object();
  return me.last().get("bid", Money(0)) + 1;
}

AnyApp app() {
  return App<Group, Player>{
      .name = "auction_load_request",
      .display_name = "Auction with a load request",
      .doc = "Three bidders; each page asks for the bids so far when it loads.",
      .players_per_group = 3,
      .pages = {{.name = "Bid",
                 .live_method = bid,
                 .history = History::none,
                 .error_message = enough_bids},
                {.name = "Results"}},
      .bot = bot,
  };
}
}  // namespace auction_load_request
