// Numbers that a page's script sends as people typed them.
#include <doctest/doctest.h>

#include "actors/app.h"

using namespace rialto;

namespace {

template <class T>
std::string refusal(const Value& value) {
  try {
    entered<T>(value);
  } catch (const BadMessage& bad) {
    return bad.what();
  }
  return "taken";
}

}  // namespace

TEST_CASE("a number is taken as it was typed, or as a number") {
  CHECK(entered<int>(Value(" 70 ")) == 70);
  CHECK(entered<int>(Value(70)) == 70);
  CHECK(entered<std::int64_t>(Value("-3")) == -3);
  CHECK(entered<double>(Value("1,5")) == 1.5);
  CHECK(entered<Money>(Value("12.50")) == Money::parse("12.50"));
  CHECK(entered<Money>(Value(12.5)) == Money::parse("12.50"));
}

TEST_CASE("what is no number is refused with a sentence") {
  CHECK(refusal<int>(Value("")) == "expected a whole number, got nothing (empty input?)");
  CHECK(refusal<int>(Value("7.5")) == "expected a whole number, got \"7.5\"");
  CHECK(refusal<int>(Value("9999999999")) == "expected a whole number, got \"9999999999\"");
  CHECK(refusal<double>(Value("much")) == "expected a number, got \"much\"");
  CHECK(refusal<Money>(Value("NaN")) == "expected an amount, got \"NaN\"");
  CHECK(refusal<Money>(Value()) == "expected a number, got null (empty input?)");
}
