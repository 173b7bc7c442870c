// Tables that a game reads from files beside it.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"

using namespace rialto;

namespace {

std::string refusal(const std::string& text) {
  try {
    parse_csv(text, "t.csv");
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "taken";
}

}  // namespace

TEST_CASE("a file beside the game's source is a list of objects by column") {
  const Value trials = read_csv("trials.csv");
  REQUIRE(trials.size() == 3);
  CHECK(trials[0] == Value{{"question", "What is \"2 + 2\", roughly?"},
                           {"solution", 4},
                           {"code", "007"},
                           {"weight", 0.5}});
  CHECK(trials[1]["weight"].is_null());
  CHECK(trials[2]["question"] == "Größer\nals eins?");
  CHECK(trials[2]["code"].is_null());
}

TEST_CASE("semicolons, a mark of UTF-8, lines of Windows and empty lines are understood") {
  const Value rows = parse_csv(
      "\xEF\xBB\xBF"
      "a;b\r\n1;x\r\n\r\n-2.5;\"y;z\"\r\n",
      "t.csv");
  CHECK(rows == list(Value{{"a", 1}, {"b", "x"}}, Value{{"a", -2.5}, {"b", "y;z"}}));
  CHECK(parse_csv("a,b\n", "t.csv").size() == 0);
}

TEST_CASE("a column is numbers only if all of it is") {
  CHECK(parse_csv("n\n1\ntwo\n", "t.csv") == list(Value{{"n", "1"}}, Value{{"n", "two"}}));
  CHECK(parse_csv("n,m\n\"1,5\",true\n", "t.csv") == list(Value{{"n", "1,5"}, {"m", "true"}}));
}

TEST_CASE("what is no table is refused with its file and line") {
  CHECK(refusal("") == "read_csv of t.csv: it is empty");
  CHECK(refusal("a,b\n1,2\n3\n") ==
        "read_csv of t.csv: line 3 has 1 cells, and there are 2 columns");
  CHECK(refusal("a,a\n1,2\n") == "read_csv of t.csv: two columns have the name \"a\"");
  CHECK(refusal("a,\n1,2\n") == "read_csv of t.csv: a column has no name in the first line");
  CHECK(refusal("a\n\xFF\n") == "read_csv of t.csv: it is not UTF-8; save it as \"CSV UTF-8\"");
  CHECK_THROWS_WITH_AS(read_csv("none.csv"), doctest::Contains("tests/game/none.csv"),
                       std::invalid_argument);
}

TEST_CASE("a hidden input's JSON is a Value again, of a text and of a field") {
  struct Group : GroupOf<struct Player> {};
  struct Player : PlayerIn<Group> {
    Field<std::string> raw{this, "raw", "{\"1\": \"A\"}"};
  };
  const Player player;
  CHECK(Value::parse(player.raw)["1"] == "A");
  CHECK(Value::parse("[1]") == list(1));
  CHECK_THROWS_AS(Value::parse("{"), BadMessage);
}
