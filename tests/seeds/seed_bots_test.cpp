#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace seed_dialogue {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("a test calls live methods in turn for the players and looks at what they answer") {
  Table table{seed_dialogue::app()};
  for (int page = 0; page < 4; ++page) {
    for (int player = 1; player <= 3; ++player) table.submit(player);
  }
  REQUIRE(table.page(1) == "Bargain");

  CHECK(table.live(1, {{"offer", 50}}).heard(2) == Value{{"offer", 50}});
  CHECK(table.live(2, {{"accepted", false}}).heard(1)["accepted"] == false);
  table.live(1, {{"offer", 60}});
  const auto returned = table.live(2, {{"accepted", true}});
  CHECK(returned.heard(1) == Value{{"accepted", true}, {"by", 2}});
  CHECK(table.field("offer") == 60);
}
