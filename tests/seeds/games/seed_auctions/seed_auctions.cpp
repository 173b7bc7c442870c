// The auctions of the seeds, a page each: with a player and with a group method, the highest bid as
// a bare number, and a bid that may not be above 99.
#include "actors/app.h"

namespace seed_auctions {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> highest_bidder{this, "highest_bidder"};
  Field<Money> highest_bid{this, "highest_bid", 0};
  Field<int> group_bidder{this, "group_bidder"};
  Field<Money> group_bid{this, "group_bid", 0};
  Field<int> max_bid{this, "max_bid", 0};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  Group& group = player.group();
  const int my_id = player.id_in_group();
  const auto amount = data.as<Money>();
  if (amount <= group.highest_bid) return {};
  group.highest_bid = amount;
  group.highest_bidder = my_id;
  return {{everyone, {{"id_in_group", my_id}, {"bid", data}}}};
}

Reply live_auction(Group& group, int id_in_group, const Value& bid) {
  const auto amount = bid.as<Money>();
  if (amount <= group.group_bid) return {};
  group.group_bid = amount;
  group.group_bidder = id_in_group;
  return {{everyone, {{"id_in_group", id_in_group}, {"bid", bid}}}};
}

Reply raise_max(Group& group, int, const Value& payload) {
  const int bid = payload.as<int>();
  if (bid <= group.max_bid) return {};
  group.max_bid = bid;
  return {{everyone, group.max_bid}};
}

Reply check_bid(Player& player, const Value& bid) {
  if (bid.as<Money>() > 99) {
    return {{player.id_in_group(), {{"type", "error"}, {"message", "Bid is too high"}}}};
  }
  return {{everyone, {{"type", "bid"}, {"value", bid}}}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_auctions",
      .players_per_group = 3,
      .pages = {{.name = "Auction", .live_method = bid},
                {.name = "GroupAuction", .live_method = live_auction},
                {.name = "MaxBid", .live_method = raise_max},
                {.name = "AtMost99", .live_method = check_bid}},
  };
}
}  // namespace seed_auctions
