#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace market {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;
using namespace std::chrono_literals;

namespace {
// What the player's unit costs or is worth.
int unit_of(const Table& table, int player) { return table.field(player, "unit").as<int>(); }
}  // namespace

TEST_CASE("market: groups of four are made as people come; who is left waits, and then goes on") {
  Table table{market::app(), 5};
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2, 3, 4}});
  CHECK(table.page(5) == "Meet");
  table.advance(10min + 5s);
  CHECK(table.page(5) == "Alone");
  table.submit(5);
  CHECK(table.page(5).empty());
}

TEST_CASE("market: a bid that meets an ask trades at the ask, and both earn the difference") {
  Table table{market::app(), 4};
  const int cost = unit_of(table, 1);
  const int worth = unit_of(table, 2);
  const int ask = cost + 5;
  const auto asked = table.live(1, ask);
  CHECK(asked.heard(4)["offers"] == list({{"id_in_group", 1}, {"role", "Seller"}, {"price", ask}}));
  const auto traded = table.live(2, worth);
  CHECK(traded.heard(3)["offers"].empty());
  CHECK(table.field(1, "payoff") == 5);
  CHECK(table.field(2, "payoff") == worth - ask);
  CHECK(table.rows("trades") == list(list(1, 2, ask)));
  CHECK(table.live(1, ask).message() == "You have traded already.");
}

TEST_CASE("market: of two at one price the one trades who has asked it for longer") {
  Table table{market::app(), 4};
  const int ask = std::max(unit_of(table, 1), unit_of(table, 3)) + 1;
  table.live(1, ask + 1);
  table.live(3, ask);
  table.live(1, ask);
  table.live(3, ask);  // no change
  table.live(2, ask);
  CHECK(table.rows("trades") == list(list(3, 2, ask)));
}

TEST_CASE("market: nobody may offer at a loss, or more than is allowed") {
  Table table{market::app(), 4};
  CHECK(table.live(1, unit_of(table, 1) - 1).message() == "You would make a loss.");
  CHECK(table.live(2, unit_of(table, 2) + 1).message() == "You would make a loss.");
  CHECK(table.live(1, 1'001).message() == "That price is not allowed.");
  CHECK(table.live(1, 0).message() == "That price is not allowed.");
}

TEST_CASE("market: a round is over when all have traded") {
  Table table{market::app(), 4};
  for (const int seller : {1, 3}) table.live(seller, unit_of(table, seller));
  table.live(2, unit_of(table, 2));
  CHECK(table.page(2) == "Trade");
  table.live(4, unit_of(table, 4));
  CHECK(table.page(2) == "Results");
  CHECK(table.rows("trades").size() == 2);
}

TEST_CASE("market: a round ends by its time, ten rounds with the same four, and all is kept") {
  Table table{market::app(), 4};
  for (int round = 1; round <= 10; ++round) {
    CHECK(table.round(1) == round);
    CHECK(table.page(1) == "Trade");
    table.live(1, unit_of(table, 1) + 5);
    table.advance(60s);
    CHECK(table.page(1) == "Results");
    for (int player = 1; player <= 4; ++player) table.submit(player);
  }
  CHECK(table.page(1).empty());
  table.restart();
}
