#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace auction {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;
using namespace std::chrono_literals;

TEST_CASE("auction: a higher bid is told to everyone and kept") {
  Table table{auction::app()};
  const auto bid = table.live(2, 10.5);
  for (int player = 1; player <= 3; ++player) {
    CHECK(bid.heard(player) == Value{{"id_in_group", 2}, {"bid", 10.5}});
  }
  CHECK(table.field("highest_bid") == 10.5);
  CHECK(table.field("highest_bidder") == 2);
  CHECK(table.rows("bids") == list(list(2, 10.5)));
}

TEST_CASE(
    "auction: a bid that is no higher, far too high or no number is refused and changes nothing") {
  Table table{auction::app()};
  table.live(1, 10);
  CHECK(table.live(2, 10).message() == "Your bid is too low.");
  CHECK(table.live(2, 1011).message() == "Your bid is too high.");
  CHECK(table.live(2, nullptr).message() == "expected a number, got null (empty input?)");
  CHECK(table.live(2, "12").code() == "bad_message");
  CHECK(table.field("highest_bidder") == 1);
  CHECK(table.live(2, 1010).code().empty());
}

TEST_CASE("auction: each higher bid restarts the minute") {
  Table table{auction::app()};
  table.live(1, 10);
  table.advance(59s);
  table.live(2, 11);
  CHECK(table.advance(59s).empty());
  CHECK(table.advance(1s).page(1) == "Results");
}

TEST_CASE("auction: a refused bid does not restart the minute") {
  Table table{auction::app()};
  table.live(1, 10);
  table.advance(59s);
  table.live(2, 9);
  CHECK(table.advance(1s).page(3) == "Results");
}

TEST_CASE("auction: the winner pays the bid and gets the prize, the others get nothing") {
  Table table{auction::app()};
  table.live(1, 60);
  table.live(3, 70);
  table.advance(60s);
  CHECK(table.field(3, "payoff") == 30);
  CHECK(table.field(1, "payoff") == 0);
  CHECK(table.js_vars(3)["winner"] == 3);
  CHECK(table.js_vars(3)["highest_bid"] == 70);
  CHECK(table.js_vars(3)["payoff"] == 30);
}

TEST_CASE("auction: nobody need bid") {
  Table table{auction::app()};
  CHECK(table.advance(60s).page(2) == "Results");
  CHECK(table.js_vars(2)["winner"].is_null());
}

TEST_CASE(
    "auction: a page that is loaded again gets each bid once, in order, also after a restart") {
  Table table{auction::app()};
  table.live(1, 10);
  table.live(2, 5);
  table.live(2, 20);
  const Value bids = list({{"id_in_group", 1}, {"bid", 10}}, {{"id_in_group", 2}, {"bid", 20}});
  CHECK(table.reload(3) == bids);
  table.restart();
  CHECK(table.reload(3) == bids);
  CHECK(table.live(3, 21).code().empty());
}

TEST_CASE("auction: bots raise each other's bids") {
  Table table{auction::app()};
  table.play_bots(100);
  CHECK(table.field("highest_bid").as<int>() > 30);
  table.restart();
}
