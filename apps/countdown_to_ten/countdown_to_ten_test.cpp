#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace countdown_to_ten {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;

namespace {

void send(Table& table, int messages) {
  for (int i = 0; i < messages; ++i) table.live(1 + i % 2, "one more");
}

}  // namespace

TEST_CASE("countdown_to_ten: nine messages are counted, the tenth moves everyone on") {
  Table table{countdown_to_ten::app()};
  send(table, 9);
  CHECK(table.page(1) == "Count");
  const auto last = table.live(2, "the tenth");
  CHECK(last.heard(1) == Value{{"type", "game_finished"}});
  CHECK(last.page(1) == "Results");
  CHECK(last.page(2) == "Results");
}

TEST_CASE("countdown_to_ten: who submits the page by hand stays on it") {
  Table table{countdown_to_ten::app()};
  send(table, 9);
  const auto submitted = table.submit(1);
  CHECK(submitted.message() == "You need to stay until 10 messages are sent.");
  CHECK(submitted.page(1) == "Count");
}

TEST_CASE("countdown_to_ten: a page that is loaded again is told the newest count only") {
  Table table{countdown_to_ten::app()};
  send(table, 7);
  const Value count = list({{"type", "count"}, {"num_messages", 7}});
  CHECK(table.reload(2) == count);
  table.restart();
  CHECK(table.reload(2) == count);
}

TEST_CASE("countdown_to_ten: ten messages of one player count as well") {
  Table table{countdown_to_ten::app(), 3};
  for (int i = 0; i < 10; ++i) table.live(3, nullptr);
  CHECK(table.page(1) == "Results");
  table.restart();
  CHECK(table.field("num_messages") == 10);
}

TEST_CASE("countdown_to_ten: bots get there") {
  Table table{countdown_to_ten::app()};
  CHECK(table.play_bots(100).page(1) == "Results");
  CHECK(table.field("game_finished") == true);
}
