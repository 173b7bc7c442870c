// A continuous double auction with an order book: bids and asks for one share each stand until they
// are changed, withdrawn or taken. An order meets the best of the other side, of equal ones the one
// that has stood at this price for longest, at that price. A share pays each trader something else
// in the end.
#include "actors/app.h"

namespace order_book {
using namespace rialto;

struct C {
  static constexpr int cash = 100, shares = 3;
};

struct Order : Row {
  int owner = 0;
  bool is_bid = false;
  Money price;
  int since = 0;  // its place in the queue: who changes the price goes to the end
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this,
                     "orders",
                     {{"owner", &Order::owner},
                      {"is_bid", &Order::is_bid},
                      {"price", &Order::price},
                      {"since", &Order::since}}};
  Field<int> queued{this, "queued", 0};
  Log<int, int, Money> trades{this, "trades", {"buyer", "seller", "price"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> value{this, "value", 0};  // what a share pays in the end
  Field<Money> cash{this, "cash", C::cash};
  Field<int> shares{this, "shares", C::shares};
};

void draw_values(Group& group) {
  for (Player& player : group.players()) player.value = group.random().integer(10, 30);
}

// What stands in the player's orders cannot be offered twice.
bool can_afford(const Player& player, const Order& wanted) {
  Money cash = player.cash - (wanted.is_bid ? wanted.price : Money(0));
  int shares = player.shares - (wanted.is_bid ? 0 : 1);
  for (const Order& order : player.group().orders.filter(&Order::owner, player.id_in_group())) {
    if (order.id() == wanted.id()) continue;
    if (order.is_bid) cash -= order.price;
    if (!order.is_bid) shares -= 1;
  }
  return cash >= 0 && shares >= 0;
}

void trade(Group& group, const Order& bid, const Order& ask, Money price) {
  Player& buyer = group.player(bid.owner);
  Player& seller = group.player(ask.owner);
  buyer.cash -= price;
  buyer.shares += 1;
  seller.cash += price;
  seller.shares -= 1;
  group.trades.append(bid.owner, ask.owner, price);
  group.orders.erase(bid.id());
  group.orders.erase(ask.id());
}

void meet(Group& group, int id) {
  const Order& mine = group.orders.row(id);
  const auto meets = [&](const Order& other) {
    if (other.is_bid == mine.is_bid || other.owner == mine.owner) return false;
    return mine.is_bid ? other.price <= mine.price : other.price >= mine.price;
  };
  const auto offers = group.orders.filter(meets)
                          .sorted_by(&Order::since)
                          .sorted_by(&Order::price, mine.is_bid ? ascending : descending);
  if (offers.empty()) return;
  const Order& best = offers.first();
  mine.is_bid ? trade(group, mine, best, best.price) : trade(group, best, mine, best.price);
}

Reply tell(const Group& group) {
  return latest("book", broadcast({{"orders", group.orders}, {"trades", group.trades}}));
}

// The player's own order that a message names.
auto own_order(Player& player, const Value& data) {
  Rows<Order>& orders = player.group().orders;
  if (!orders.contains(data["order"])) throw BadMessage("That order is gone.");
  if (orders.row(data["order"])->owner != player.id_in_group()) {
    throw BadMessage("That is not your order.");
  }
  return orders.row(data["order"]);
}

Reply place(Player& player, const Value& data) {
  Group& group = player.group();
  const Order order{.owner = player.id_in_group(),
                    .is_bid = data["is_bid"].as<bool>(),
                    .price = data["price"].as<Money>(exact),
                    .since = ++group.queued};
  if (order.price <= 0) return reject("A price is more than 0.");
  if (!can_afford(player, order)) return reject("You do not have that much.");
  meet(group, group.orders.add(order));
  return tell(group);
}

Reply change(Player& player, const Value& data) {
  Group& group = player.group();
  const auto order = own_order(player, data);
  const auto price = data["price"].as<Money>(exact);
  if (price != order->price) {
    order.edit([&](Order& mine) {
      mine.price = price;
      mine.since = ++group.queued;
    });
  }
  if (order->price <= 0) return reject("A price is more than 0.");
  if (!can_afford(player, order)) return reject("You do not have that much.");
  meet(group, order.id());
  return tell(group);
}

Reply withdraw(Player& player, const Value& data) {
  own_order(player, data).erase();
  return tell(player.group());
}

void pay(Group& group) {
  for (Player& player : group.players()) player.payoff = player.cash + player.shares * player.value;
}

Value vars(const Player& player) {
  return {{"id_in_group", player.id_in_group()},
          {"cash", C::cash},
          {"shares", C::shares},
          {"value", player.value}};
}

// Offers at random prices; now and then it changes or withdraws what stands.
std::optional<Value> bot(BotPlayer& me) {
  const auto price = static_cast<std::int64_t>(10 + me.draw() % 21);
  for (const Value& order : me.last().get("orders", Value::empty_list())) {
    if (order["owner"] != me.id_in_group()) continue;
    if (me.draw() % 4 == 0) return Value{{"type", "withdraw"}, {"order", order["id"]}};
    return Value{{"type", "change"}, {"order", order["id"]}, {"price", price}};
  }
  return Value{{"type", "place"}, {"is_bid", me.draw() % 2 == 0}, {"price", price}};
}

void play_round(Bot& bot, const Player& me) {
  if (bot.on("Trade")) {
    const bool is_buyer = me.id_in_group() == 1;
    bot.say({{"type", "place"}, {"is_bid", is_buyer}, {"price", is_buyer ? 20 : 15}});
  }
  if (!bot.on("Results")) return;
  int shares = 0;
  for (const Player& each : me.group().players()) shares += each.shares;
  expect(shares, C::shares * static_cast<int>(me.group().players().size()));
  expect(me.payoff, me.cash + me.shares * me.value);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "order_book",
      .doc =
          "Three traders and an order book: orders stand until they are changed, withdrawn or "
          "taken.",
      .players_per_group = 3,
      .creating_session = draw_values,
      .pages = {{.name = "Trade",
                 .live = {{"place", place}, {"change", change}, {"withdraw", withdraw}},
                 .js_vars = vars,
                 .group_timeout = 2min,
                 .on_timeout = pay},
                {.name = "Results"}},
      .bot = bot,
      .play_round = play_round,
  };
}
}  // namespace order_book
