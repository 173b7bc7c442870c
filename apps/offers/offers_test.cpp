#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace offers {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;

namespace {

Value offer(const Value& value, const Value& to) {
  return {{"type", "offer"}, {"value", value}, {"to", to}};
}

}  // namespace

TEST_CASE("offers: an offer reaches whom it is for, its value untouched, and nobody else") {
  Table table{offers::app()};
  for (const Value& value : {Value(99.9), Value(10), Value("my bike"), list(1, 2)}) {
    const auto made = table.live(1, offer(value, 3));
    CHECK(made.heard(3) == Value{{"type", "offer"}, {"value", value}, {"from", 1}, {"to", 3}});
    CHECK(made.heard(1) == made.heard(3));
    CHECK(made.all_heard(2).empty());
  }
  CHECK(table.rows("offers")[0].dump() == "[1,3,99.9]");
}

TEST_CASE("offers: a response reaches who made the offer") {
  Table table{offers::app()};
  table.live(1, offer(5, 2));
  const auto answer = table.live(2, {{"type", "response"}, {"accepted", true}, {"to", 1}});
  CHECK(answer.heard(1) == Value{{"type", "response"}, {"accepted", true}, {"from", 2}, {"to", 1}});
  CHECK(answer.all_heard(3).empty());
  CHECK(table.rows("responses") == list(list(2, 1, true)));
}

TEST_CASE("offers: one cannot deal with oneself or with who is not there") {
  Table table{offers::app()};
  CHECK(table.live(1, offer(5, 1)).message() == "You cannot deal with yourself.");
  CHECK(table.live(1, offer(5, 4)).message() ==
        "there is no player 4 in this group, which has players 1 to 3");
  CHECK(table.live(1, offer(5, 0)).code() == "bad_message");
  CHECK(table.live(1, offer(5, "2")).code() == "bad_message");
  CHECK(table.live(1, offer(5, nullptr)).code() == "bad_message");
  CHECK(table.rows("offers").empty());
}

TEST_CASE("offers: a message of an unknown type is refused with the types there are") {
  Table table{offers::app()};
  CHECK(table.live(1, {{"type", "steal"}}).message() ==
        "unknown type \"steal\"; this page knows \"offer\", \"response\"");
  CHECK(table.live(1, {{"to", 2}}).code() == "bad_message");
  CHECK(table.live(1, 5).code() == "bad_message");
}

TEST_CASE(
    "offers: a page that is loaded again shows the deals of its player, also after a restart") {
  Table table{offers::app()};
  table.live(1, offer(5, 2));
  table.live(2, offer(6, 3));
  table.restart();
  CHECK(table.reload(1).size() == 1);
  CHECK(table.reload(2).size() == 2);
  CHECK(table.reload(3).size() == 1);
}

TEST_CASE("offers: bots offer and respond") {
  Table table{offers::app()};
  table.play_bots(60);
  CHECK(!table.rows("offers").empty());
  CHECK(!table.rows("responses").empty());
  table.restart();
}
