// What may stand in the server's log of what others wrote.
#include "actors/log_text.h"

#include <doctest/doctest.h>

namespace {
using namespace rialto;

TEST_CASE("a text that fits stands in the log as it is") {
  CHECK(log_text("no player 7", 20) == "no player 7");
  CHECK(log_text("Zürich €", 20) == "Zürich €");
  CHECK(log_text("", 20).empty());
}

TEST_CASE("a long text is cut between characters, and its length is told") {
  CHECK(log_text("abcdef", 3) == "abc… (6 bytes)");
  CHECK(log_text("a€b", 3) == "a… (5 bytes)");
  CHECK(log_text("abc", 0) == "… (3 bytes)");
}

TEST_CASE("nothing in it begins a line of its own or speaks to a terminal") {
  CHECK(log_text("a\nb\r\x1b[2J\x7f", 20) == R"(a\nb\r\x1b[2J\x7f)");
  CHECK(log_text("a\xc2\x9b\xff", 20) == R"(a\x9b\xff)");
}

TEST_CASE("nothing in it turns the order of what stands beside it") {
  CHECK(visible_text("a\u202Ebc\u2066d\u200F") == R"(a\u202ebc\u2066d\u200f)");
  CHECK(visible_text("a\u2028b\tc") == R"(a\u2028b\tc)");
}

TEST_CASE("what was escaped once is not escaped again") {
  const std::string once = visible_text("a\n\\b\u202E");
  CHECK(visible_text(once) == once);
}

TEST_CASE("JSON keeps its meaning") {
  CHECK(visible_json("{\"a\":\"\u009B\u202E\\n\u20AC\"}\n") ==
        "{\"a\":\"\\u009b\\u202e\\n\u20AC\"}\n");
}

}  // namespace
