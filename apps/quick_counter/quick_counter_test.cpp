#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace quick_counter {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("quick_counter: each click is counted and thanked for") {
  Table table{quick_counter::app()};
  CHECK(table.players() == 1);
  for (int i = 0; i < 5; ++i) CHECK(table.live(1, "click").heard(1) == "thanks");
  CHECK(table.field(1, "clicks") == 5);
  CHECK(table.submit(1).page(1) == "Results");
  CHECK(table.js_vars(1) == Value{{"clicks", 5}});
}

TEST_CASE("quick_counter: thanks go to the sender only") {
  Table table{quick_counter::app(), 2};
  const auto click = table.live(2, "click");
  CHECK(click.heard(2) == "thanks");
  CHECK(click.all_heard(1).empty());
  CHECK(table.field(1, "clicks") == 0);
}

TEST_CASE("quick_counter: the count survives a restart") {
  Table table{quick_counter::app()};
  table.play_bots(20);
  table.restart();
  CHECK(table.field(1, "clicks") == 20);
  CHECK(table.reload(1).size() == 20);
}
