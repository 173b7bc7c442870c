// Texts that a game reads from files beside it, and numbers it writes.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {
  Field<double> rate{this, "rate", 0.125};
  Field<int> count{this, "count", 1234567};
  Field<Money> price{this, "price", 0};
};
struct Player : PlayerIn<Group> {};

}  // namespace

TEST_CASE("a text beside the game's source is read, whatever program has written its lines") {
  CHECK(read_text("story.txt") == "The first line.\nA second: Größe.\n");
  CHECK(read_lines("story.txt") == std::vector<std::string>{"The first line.", "A second: Größe."});
}

TEST_CASE("a text that is not there, or is none, is refused with its name") {
  CHECK_THROWS_WITH_AS(read_text("none.txt"), doctest::Contains("tests/game/none.txt"),
                       std::invalid_argument);
  CHECK_THROWS_WITH_AS(read_lines("none.txt"), doctest::Contains("read_lines of none.txt"),
                       std::invalid_argument);
}

TEST_CASE("numbers are written as Python's format writes them") {
  CHECK(format(2.0 / 3, ".2f") == "0.67");
  CHECK(format(2.5, ".0f") == "2");
  CHECK(format(0.125, ".2f") == "0.12");
  CHECK(format(1234567.891, ",.2f") == "1,234,567.89");
  CHECK(format(-1234.5, ",.1f") == "-1,234.5");
  CHECK(format(-123.0, ",.0f") == "-123");
  CHECK(format(0.256, ".1%") == "25.6%");
  CHECK(format(1234567, ",d") == "1,234,567");
  CHECK(format(12, "d") == "12");
  CHECK(format(3, ".2f") == "3.00");
  CHECK(format(12345.678, ".3g") == "1.23e+04");
  CHECK(format(12345.678, ".2e") == "1.23e+04");
  CHECK(format(1.5, "f") == "1.500000");
}

TEST_CASE("fields, money and players' numbers are written as numbers are") {
  Group group;
  CHECK(format(group.rate, ".1%") == "12.5%");
  CHECK(format(group.count, ",d") == "1,234,567");
  CHECK(format(Money::parse("1234.50"), ",.2f") == "1,234.50");
  CHECK(format(Money::parse("0.25"), ".1f") == "0.2");
  CHECK(format(group.price, ".2f") == "0.00");
  CHECK(format(Ordinal(3), "d") == "3");
}

TEST_CASE("a format that is none is refused with those there are") {
  for (const char* wrong : {"", "2f", ".2", ".2x", ",", ".2d", ".f", ".99f", "{:.2f}"}) {
    CAPTURE(wrong);
    CHECK_THROWS_WITH_AS(format(1.5, wrong), doctest::Contains("\".2f\""), AppError);
  }
  CHECK_THROWS_WITH_AS(format(1.5, "d"), doctest::Contains("whole numbers"), AppError);
}
