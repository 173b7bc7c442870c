// A continuous double auction (Smith 1962) in ten rounds: sellers ask, buyers bid, and where the
// two meet they trade, at the price that stood. A round ends when all have traded, or after a
// minute. Groups are made as people arrive. The session's config may set a price cap.
#include "actors/app.h"

namespace market {
using namespace rialto;

constexpr int no_cap = 1'000;

struct Group : GroupOf<struct Player> {
  Log<int, int, Money> trades{this, "trades", {"seller", "buyer", "price"}};
  Field<int> queued{this, "queued", 0};
};
struct Player : PlayerIn<Group> {
  Field<Money> unit{this, "unit", 0};  // what it costs a seller, is worth to a buyer
  Field<Money> offer{this, "offer"};   // stands in the market
  Field<int> since{this, "since", 0};  // its place in the queue: a new price goes to the end
  Field<bool> has_traded{this, "has_traded", false};
  bool sells() const { return role() == "Seller"; }
};

void draw_units(Group& group) {
  for (Player& player : group.players()) {
    player.unit = player.sells() ? group.random().integer(10, 35) : group.random().integer(40, 70);
  }
}

bool meet(const Player& one, const Player& other) {
  if (one.sells() == other.sells() || other.offer.is_null()) return false;
  return one.sells() ? one.offer <= other.offer : one.offer >= other.offer;
}

// Of two that stand: the better price for the other side, of equal ones the older.
bool goes_before(const Player& one, const Player& other) {
  if (one.offer == other.offer) return one.since < other.since;
  return one.sells() ? one.offer < other.offer : one.offer > other.offer;
}

void trade(Player& one, Player& other, Money price) {
  for (Player* player : {&one, &other}) {
    player->payoff = player->sells() ? price - player->unit : player->unit - price;
    player->has_traded = true;
    player->offer = nullptr;
  }
  const auto& [seller, buyer] = one.sells() ? std::tie(one, other) : std::tie(other, one);
  one.group().trades.append(seller.id_in_group(), buyer.id_in_group(), price);
}

Value standing(const Group& group) {
  Value offers = Value::empty_list();
  for (const Player& player : group.players()) {
    if (!player.offer.is_null())
      offers.append({{"id_in_group", player.id_in_group()},
                     {"role", player.role()},
                     {"price", player.offer}});
  }
  return {{"offers", offers}, {"trades", group.trades}};
}

Reply offer(Player& player, const Value& data) {
  const auto price = data.as<Money>(exact);
  if (player.has_traded) return reject("You have traded already.");
  if (price <= 0 || price > player.config("price_cap", no_cap).as<Money>())
    return reject("That price is not allowed.");
  if (player.sells() ? price < player.unit : price > player.unit)
    return reject("You would make a loss.");
  Group& group = player.group();
  if (player.offer.is_null() || price != player.offer) player.since = ++group.queued;
  player.offer = price;
  Player* best = nullptr;
  for (Player& other : player.others()) {
    if (meet(player, other) && (best == nullptr || goes_before(other, *best))) best = &other;
  }
  if (best != nullptr) trade(player, *best, Money(best->offer));
  if (2 * group.trades.size() == group.players().size()) group.move_on();
  return latest("market", broadcast(standing(group)));
}

Value vars(const Player& player) {
  return {{"id_in_group", player.id_in_group()},
          {"role", player.role()},
          {"unit", player.unit},
          {"round", player.round_number()},
          {"cap", player.config("price_cap", nullptr)}};
}

// Everyone offers what the unit costs or is worth, if the cap allows it: so all trade who can.
void play_round(Bot& bot, const Player& me) {
  if (bot.on("Trade") && bot.in_case("all offer")) {
    const Money cap = me.config("price_cap", no_cap).as<Money>();
    if (!me.sells()) bot.say(min(me.unit, cap));
    if (me.sells() && me.unit <= cap) bot.say(me.unit);
  }
  if (bot.on("Results")) {
    Money earned = 0;
    Money gained = 0;
    for (const Player& each : me.group().players()) {
      earned += each.payoff;
      if (each.has_traded) gained += each.sells() ? -each.unit : each.unit;
    }
    expect(earned, gained);
    expect(me.has_traded ? "You have traded" : "You have not traded", "in", bot.html());
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "market",
      .doc = "Two sellers and two buyers, ten rounds of a minute: who asks and who bids may trade.",
      .players_per_group = 4,
      .rounds = 10,
      .roles = {"Seller", "Buyer", "Seller", "Buyer"},
      .creating_session = draw_units,
      .pages = {wait_page({.name = "Meet",
                           .body_text = "As soon as four have come you begin.",
                           .group_by_arrival_time = true,
                           .max_wait = 10min,
                           .exit_page = "Alone"}),
                {.name = "Trade",
                 .live_method = offer,
                 .js_vars = vars,
                 .vars_for_template = vars,
                 .group_timeout = 60s},
                {.name = "Results", .timeout = 20s},
                {.name = "Alone"}},
      .play_round = play_round,
      .cases = {"all offer", "nobody offers"},
  };
}
}  // namespace market
