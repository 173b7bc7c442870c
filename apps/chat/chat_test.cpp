#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace chat {
rialto::AnyApp app();
}

using rialto::list;
using rialto::Table;
using rialto::Value;

TEST_CASE("chat: what one says all hear, word for word") {
  Table table{chat::app(), 4};
  const std::string words = "Grüße \"<b>all</b>\" \n 你好 \xF0\x9F\x99\x82";
  const auto said = table.live(2, words);
  for (int player = 1; player <= 4; ++player) {
    CHECK(said.heard(player) == Value{{"id_in_group", 2}, {"text", words}});
  }
}

TEST_CASE("chat: who loads the page again gets all that was said, in order, also after a restart") {
  Table table{chat::app()};
  table.live(1, "a");
  table.live(2, "b");
  table.live(1, "c");
  table.restart();
  const Value replayed = table.reload(2);
  REQUIRE(replayed.size() == 3);
  CHECK(replayed[0]["text"] == "a");
  CHECK(replayed[2]["text"] == "c");
}

TEST_CASE("chat: what is no text, empty or endless is refused") {
  Table table{chat::app()};
  CHECK(table.live(1, "").message() == "Please write something.");
  CHECK(table.live(1, std::string(1001, 'x')).message() == "Please write less at a time.");
  CHECK(table.live(1, 5).code() == "bad_message");
  CHECK(table.rows("lines").empty());
}

TEST_CASE("chat: bots talk") {
  Table table{chat::app(), 3};
  table.play_bots(30);
  CHECK(table.rows("lines").size() == 30);
}
