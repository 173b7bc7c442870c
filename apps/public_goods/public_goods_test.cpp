#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace public_goods {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;
using namespace std::chrono_literals;

TEST_CASE("public_goods: what is given is multiplied and shared, the rest is kept") {
  Table table{public_goods::app()};
  table.submit(1, {{"contribution", "20"}});
  table.submit(2, {{"contribution", "10"}});
  CHECK(table.page(2) == "WaitForOthers");
  const auto last = table.submit(3, {{"contribution", "0"}});
  for (int player = 1; player <= 3; ++player) CHECK(last.page(player) == "Results");
  CHECK(table.field("total") == 30);
  CHECK(table.field(1, "payoff") == 16);
  CHECK(table.field(2, "payoff") == 26);
  CHECK(table.field(3, "payoff") == 36);
  table.restart();
}

TEST_CASE("public_goods: nobody gives less than nothing or more than there is") {
  Table table{public_goods::app()};
  CHECK(table.submit(1, {{"contribution", "21"}}).code() == "form_refused");
  CHECK(table.submit(1, {{"contribution", "-1"}}).code() == "form_refused");
  CHECK(table.submit(1, {{"contribution", ""}}).code() == "form_refused");
  CHECK(table.page(1) == "Contribute");
}

TEST_CASE("public_goods: who lets the time run out gives nothing, and the game goes on") {
  Table table{public_goods::app()};
  table.submit(1, {{"contribution", "20"}});
  table.submit(2, {{"contribution", "20"}});
  CHECK(table.advance(80s).page(3) == "Contribute");
  CHECK(table.advance(15s).page(3) == "Results");
  CHECK(table.field(3, "contribution") == 0);
}

TEST_CASE("public_goods: ten rounds end, each with its own numbers") {
  Table table{public_goods::app()};
  for (int round = 1; round <= 10; ++round) {
    CHECK(table.round(1) == round);
    for (int player = 1; player <= 3; ++player) {
      table.submit(player, {{"contribution", std::to_string(round)}});
    }
    for (int player = 1; player <= 3; ++player) table.submit(player);
  }
  CHECK(table.page(1) == "");
  CHECK(table.field("total", 4) == 12);
  CHECK(table.field(2, "contribution", 10) == 10);
  table.restart();
}
