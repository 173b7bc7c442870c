#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace order_book {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;
using namespace std::chrono_literals;

namespace {

Value bid(int price) { return {{"type", "place"}, {"is_bid", true}, {"price", price}}; }
Value ask(int price) { return {{"type", "place"}, {"is_bid", false}, {"price", price}}; }
Value change(int order, int price) {
  return {{"type", "change"}, {"order", order}, {"price", price}};
}
Value withdraw(int order) { return {{"type", "withdraw"}, {"order", order}}; }

}  // namespace

TEST_CASE("order book: an order meets the best of the other side, at the price that stood") {
  Table table{order_book::app()};
  table.live(1, ask(20));
  table.live(2, ask(15));
  const auto traded = table.live(3, bid(18));
  CHECK(traded.heard(1)["trades"] == list({{"buyer", 3}, {"seller", 2}, {"price", 15}}));
  CHECK(table.rows("orders") ==
        list({{"id", 1}, {"owner", 1}, {"is_bid", false}, {"price", 20}, {"since", 1}}));
  CHECK(table.field(3, "cash") == 85);
  CHECK(table.field(3, "shares") == 4);
  CHECK(table.field(2, "cash") == 115);
  CHECK(table.field(2, "shares") == 2);
}

TEST_CASE("order book: of orders at one price the oldest is met, and nobody trades with himself") {
  Table table{order_book::app()};
  table.live(1, bid(12));
  table.live(2, bid(12));
  table.live(1, ask(12));  // passes over the own bid
  CHECK(table.rows("trades") == list(list(2, 1, 12)));
  CHECK(table.rows("orders")[0]["owner"] == 1);
}

TEST_CASE("order book: an order changed to a price where another stands is behind it") {
  Table table{order_book::app()};
  table.live(1, bid(10));
  table.live(2, bid(12));
  table.live(1, change(1, 12));
  table.live(2, change(2, 12));  // no change
  table.live(3, ask(12));
  CHECK(table.rows("trades") == list(list(2, 3, 12)));
  table.live(3, ask(12));
  CHECK(table.rows("trades")[1] == list(1, 3, 12));
}

TEST_CASE("order book: an order is changed and withdrawn by its owner alone, while it stands") {
  Table table{order_book::app()};
  table.live(1, bid(10));
  table.live(2, ask(14));
  CHECK(table.live(2, change(1, 1)).message() == "That is not your order.");
  CHECK(table.live(1, withdraw(2)).message() == "That is not your order.");
  CHECK(table.live(1, change(1, 12)).heard(3)["orders"][0]["price"] == 12);
  table.live(1, change(1, 14));  // now it meets the ask
  CHECK(table.rows("trades") == list(list(1, 2, 14)));
  CHECK(table.live(2, withdraw(2)).message() == "That order is gone.");
  table.live(3, ask(30));
  table.restart();
  CHECK(table.live(3, withdraw(3)).heard(1)["orders"].empty());
  CHECK(table.live(3, withdraw(3)).message() == "That order is gone.");
}

TEST_CASE("order book: what stands in orders cannot be offered twice") {
  Table table{order_book::app()};
  table.live(1, bid(60));
  CHECK(table.live(1, bid(41)).message() == "You do not have that much.");
  table.live(1, bid(40));
  CHECK(table.live(1, change(2, 41)).message() == "You do not have that much.");
  CHECK(table.live(1, change(2, 30)).code().empty());
  for (int share = 0; share < 3; ++share) CHECK(table.live(2, ask(90)).code().empty());
  CHECK(table.live(2, ask(90)).message() == "You do not have that much.");
  CHECK(table.live(2, ask(0)).message() == "A price is more than 0.");
}

TEST_CASE("order book: the market closes after two minutes, and pays cash and shares") {
  Table table{order_book::app()};
  table.live(1, bid(20));
  table.live(2, ask(20));
  table.advance(2min);
  CHECK(table.page(1) == "Results");
  const int value = table.field(1, "value").as<int>();
  CHECK(table.field(1, "payoff") == 80 + 4 * value);
}

TEST_CASE("order book: whatever bots do, shares and money stay, and all comes back") {
  Table table{order_book::app()};
  table.play_bots(300);
  int shares = 0;
  int cash = 0;
  for (int player = 1; player <= 3; ++player) {
    shares += table.field(player, "shares").as<int>();
    cash += table.field(player, "cash").as<int>();
  }
  CHECK(shares == 9);
  CHECK(cash == 300);
  CHECK(!table.rows("trades").empty());
  table.restart();
}
