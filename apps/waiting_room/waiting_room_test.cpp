#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace waiting_room {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;
using namespace std::chrono_literals;

TEST_CASE("waiting_room: all go on when the last has come") {
  Table table{waiting_room::app()};
  table.live(1, Value::object());
  const auto second = table.live(2, Value::object());
  CHECK(second.heard(1) == Value{{"here", 2}});
  CHECK(second.page(1) == "Wait");
  const auto last = table.live(3, Value::object());
  for (int player = 1; player <= 3; ++player) CHECK(last.page(player) == "Start");
  table.restart();
}

TEST_CASE("waiting_room: nobody goes on alone before half a minute, then who likes does") {
  Table table{waiting_room::app()};
  table.live(1, Value::object());
  CHECK(table.advance(29s).page(1) == "Wait");
  CHECK(table.submit(1).message() == "Please wait for the others.");
  table.advance(1s);
  CHECK(table.submit(1).page(1) == "Start");
  CHECK(table.js_vars(2)["here"] == 1);
}

TEST_CASE("waiting_room: a page that is loaded again does not begin its half minute anew") {
  Table table{waiting_room::app()};
  table.live(1, Value::object());
  table.advance(20s);
  table.live(1, Value::object());
  CHECK(table.js_vars(1)["left"] == 10);
  CHECK(table.reload(1) == list({{"here", 1}}));
  table.advance(10s);
  CHECK(table.submit(1).page(1) == "Start");
}

TEST_CASE("waiting_room: who comes when the others have gone on finds all here and follows them") {
  Table table{waiting_room::app()};
  table.live(1, Value::object());
  table.live(2, Value::object());
  table.advance(30s);
  table.submit(1);
  table.submit(2);
  CHECK(table.page(3) == "Wait");
  CHECK(table.live(3, Value::object()).page(3) == "Start");
}

TEST_CASE("waiting_room: bots get there") {
  Table table{waiting_room::app()};
  CHECK(table.play_bots(10).page(1) == "Start");
}
