#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace auction_load_request {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;

TEST_CASE("auction_load_request: who asks gets all bids so far, the others hear nothing of it") {
  Table table{auction_load_request::app()};
  table.live(1, 10);
  table.live(2, 11);
  const auto loaded = table.live(3, Value::object());
  CHECK(loaded.heard(3)["history"] ==
        list({{"id_in_group", 1}, {"bid", 10}}, {{"id_in_group", 2}, {"bid", 11}}));
  CHECK(loaded.all_heard(1).empty());
}

TEST_CASE("auction_load_request: a page that is loaded again is told nothing unless it asks") {
  Table table{auction_load_request::app()};
  table.live(1, 10);
  table.live(1, Value::object());
  CHECK(table.reload(1).empty());
  table.restart();
  CHECK(table.live(1, Value::object()).heard(1)["history"].size() == 1);
}

TEST_CASE("auction_load_request: bids too low and too high are refused") {
  Table table{auction_load_request::app()};
  table.live(1, 10);
  CHECK(table.live(2, 10).message() == "Your bid is too low.");
  CHECK(table.live(2, 5000).message() == "Your bid is too high.");
  CHECK(table.rows("bids").size() == 1);
}

TEST_CASE("auction_load_request: nobody leaves before the first bid") {
  Table table{auction_load_request::app()};
  CHECK(table.submit(2).message() == "Please wait for the first bid.");
  table.live(1, 10);
  CHECK(table.submit(2).page(2) == "Results");
}

TEST_CASE("auction_load_request: bots load, then bid") {
  Table table{auction_load_request::app()};
  table.play_bots(60);
  CHECK(table.field("highest_bid").as<int>() > 10);
  table.restart();
}
