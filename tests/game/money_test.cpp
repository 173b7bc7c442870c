#include "actors/money.h"

#include <doctest/doctest.h>

#include "actors/errors.h"
#include "actors/field.h"

using rialto::AppError;
using rialto::Money;

TEST_CASE("money is written and read with the decimals it has") {
  CHECK(Money::parse("0.50").text() == "0.5");
  CHECK(Money::parse("12").text() == "12");
  CHECK(Money::parse("-0.05").text() == "-0.05");
  CHECK(Money::parse("100.10").minor() == 10010);
  CHECK(Money().text() == "0");
  CHECK(Money(-3).text() == "-3");
  for (const char* text : {"", "-", ".5", "1.", "1.234", "1,5", "1e3", " 1", "1.2.3", "x"}) {
    CAPTURE(text);
    CHECK_THROWS_AS(Money::parse(text), AppError);
  }
}

TEST_CASE("a field that holds a whole number is as many whole units") {
  struct Holder : rialto::Model {
    rialto::Field<int> number{this, "number", 7};
  } holder;
  CHECK(Money(holder.number) == Money(7));
}

TEST_CASE("sums are exact") {
  Money sum;
  for (int i = 0; i < 10; ++i) sum += Money::parse("0.10");
  CHECK(sum == 1);
  CHECK(5 - Money::parse("0.01") == Money::parse("4.99"));
  CHECK(-Money::parse("0.01") < 0);
  CHECK(Money(3) > Money::parse("2.99"));
}

TEST_CASE("multiplying and dividing round half up, away from zero, after each operation") {
  CHECK(Money::parse("0.05") * 0.5 == Money::parse("0.03"));
  CHECK(Money::parse("-0.05") * 0.5 == Money::parse("-0.03"));
  CHECK(Money(1) / 3 == Money::parse("0.33"));
  CHECK(Money(2) / 3 == Money::parse("0.67"));
  CHECK(Money(1) / 3 * 3 == Money::parse("0.99"));
  CHECK(1.6 * Money(20) / 3 == Money::parse("10.67"));
  CHECK(Money::parse("0.05") * 1.1 == Money::parse("0.06"));  // that double is a little more
  CHECK(Money(10) / Money(4) == 2.5);
}

TEST_CASE("a double becomes money only by rounding it in so many words") {
  CHECK(Money::rounded(0.125) == Money::parse("0.13"));
  CHECK(Money::rounded(1.005) == Money(1));
  CHECK(Money::parse("10.55").to_double() == 10.55);
}

TEST_CASE("what is too large to be exact in a browser is refused, not wrapped around") {
  const Money largest = Money::from_minor(Money::largest);
  CHECK_THROWS_AS(largest + Money::parse("0.01"), AppError);
  CHECK_THROWS_AS(-largest - 1, AppError);
  CHECK_THROWS_AS(largest * 2, AppError);
  CHECK_THROWS_AS(Money::rounded(1e300), AppError);
  CHECK_THROWS_AS(Money(1'000'000'000'000'000'000), AppError);
  CHECK_THROWS_AS(Money::parse("99999999999999999999"), AppError);
  CHECK_THROWS_AS(Money(1) / 0, AppError);
  CHECK_THROWS_AS(Money(1) / Money(0), AppError);
  CHECK(Money::parse(largest.text()) == largest);
}
