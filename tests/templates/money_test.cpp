// Money in values, and as people read it.
#include <doctest/doctest.h>

#include "actors/value.h"

using namespace rialto;

TEST_CASE("a value keeps the money it was made from, and JSON has its number") {
  const Value amount = Money::parse("10.50");
  CHECK(amount.is_money());
  CHECK(amount.is_number());
  CHECK(amount.dump() == "10.5");
  CHECK(list(Money(3), Money::parse("0.05"), Money::parse("-1.20")).dump() == "[3,0.05,-1.2]");
  std::string text;
  amount.dump_to(text);
  Value(Money(7)).dump_to(text);
  CHECK(text == "10.57");
  CHECK(!Value::parse("10.5", 1).is_money());
}

TEST_CASE("what is paid has decimals of its own, and JSON has its number") {
  const Value paid = Payment::from_minor(1250, 2);
  CHECK(paid.is_payment());
  CHECK(paid.is_number());
  CHECK(!paid.is_money());
  CHECK(paid.dump() == "12.5");
  CHECK(Value(Payment::from_minor(300, 2)).dump() == "3");
  CHECK(Value(Payment::from_minor(300, 0)).dump() == "300");
  CHECK(paid.as<double>() == 12.5);
  CHECK(paid.as<Payment>() == Payment::from_minor(12500, 3));
  CHECK(Value(2.5).as<Payment>() == Payment::from_minor(250, 2));
  CHECK(paid == 12.5);
  CHECK(paid == Value(Money::parse("12.5")));
  CHECK_THROWS_AS(Value("2").as<Payment>(), BadMessage);
}

TEST_CASE("what is paid is rounded half up by the number's binary value, and counted together") {
  CHECK(Payment::rounded(35 * 0.013, 2).text() == "0.45");
  CHECK(Payment::rounded(5 * 0.013, 2).text() == "0.07");
  CHECK(Payment::rounded(-0.5, 0).text() == "-1");
  CHECK((Payment::from_minor(7, 2) + Payment::from_minor(3, 0)).text() == "3.07");
  CHECK(Payment::from_minor(7, 2) < Payment::from_minor(1, 0));
  CHECK_THROWS_AS(Payment::rounded(1e18, 0), AppError);
  CHECK_THROWS_AS(Payment::from_minor(1, 7), AppError);
}

TEST_CASE("what is paid is written with the currency's sign, also where money is points") {
  MoneyFormat points{.points = true, .currency_code = "EUR", .language = "de"};
  CHECK(points.format(Payment::from_minor(123450, 2)) == "1234,50 €");
  CHECK(points.format(Payment::from_minor(-5, 2)) == "-0,05 €");
  CHECK(points.format(Payment::from_minor(1250, 2), 0) == "12 €");
  CHECK(points.format(Money(3), 0) == "3 points");
  const MoneyFormat yen{.points = true, .currency_code = "JPY"};
  CHECK(yen.format(Payment::from_minor(300, 0)) == "300円");
}

TEST_CASE("money is read as any number is") {
  const Value ten = Money(10);
  const Value half = Money::parse("0.50");
  CHECK(ten.as<int>() == 10);
  CHECK(ten.stored_whole() == 10);
  CHECK(half.as<double>() == 0.5);
  CHECK(half.as<Money>() == Money::parse("0.50"));
  CHECK(half.as<Money>(exact) == Money::parse("0.50"));
  CHECK_THROWS_WITH_AS(half.as<int>(), "expected a whole number, got 0.5", BadMessage);
  CHECK_THROWS_WITH_AS(ten.as<std::string>(), "expected a text, got 10", BadMessage);
}

TEST_CASE("money equals the same number, whatever it was made from") {
  CHECK(Value(Money(10)) == 10);
  CHECK(Value(10.5) == Value(Money::parse("10.5")));
  CHECK(Value(Money(1)) == Value(Money(1)));
  CHECK(Value(Money(1)) != Value(Money(2)));
  CHECK(Value(Money(1)) != true);
  CHECK(Value{{"x", Money(1)}} == Value{{"x", 1.0}});
}

TEST_CASE("a value is no larger than it was") { CHECK(sizeof(Value) == 40); }

TEST_CASE("amounts are printed with the currency's sign where the language has it") {
  const auto printed = [](const char* language, const char* currency) {
    return MoneyFormat{.currency_code = currency, .language = language}.format(
        Money::parse("1234.50"));
  };
  CHECK(printed("en", "USD") == "$1234.50");
  CHECK(printed("en", "GBP") == "£1234.50");
  CHECK(printed("en", "EUR") == "€1234.50");
  CHECK(printed("en", "CHF") == "CHF1234.50");
  CHECK(printed("en", "INR") == "₹ 1234.50");
  CHECK(printed("en", "JPY") == "1234.50円");
  CHECK(printed("en", "XYZ") == "XYZ1234.50");
  CHECK(printed("de", "EUR") == "1234,50 €");
  CHECK(printed("de-AT", "EUR") == "€ 1234,50");
  CHECK(printed("fr", "USD") == "1234,50 $");
  CHECK(printed("zh", "CNY") == "1234.50元");
  CHECK(printed("ja", "JPY") == "1234.50円");
}

TEST_CASE("points are counted in words") {
  const MoneyFormat points{.points = true};
  CHECK(points.format(Money(5), 0) == "5 points");
  CHECK(points.format(Money(1), 0) == "1 point");
  CHECK(points.format(Money(-5)) == "-5.00 points");
  CHECK(MoneyFormat{.points = true, .points_name = "tokens"}.format(Money(1), 0) == "1 tokens");
}

TEST_CASE("amounts are rounded half to even where fewer digits are wanted") {
  const MoneyFormat dollars;
  CHECK(dollars.format(Money::parse("0.50"), 0) == "$0");
  CHECK(dollars.format(Money::parse("1.50"), 0) == "$2");
  CHECK(dollars.format(Money::parse("-1.25"), 1) == "-$1.2");
  CHECK(dollars.format(Money::parse("1.26"), 1) == "$1.3");
  CHECK(dollars.format(Money(2), 4) == "$2.0000");
}

TEST_CASE("thousands are grouped where the project says so") {
  CHECK(MoneyFormat{.thousands = ","}.format(Money(1234567)) == "$1,234,567.00");
  CHECK(MoneyFormat{.thousands = ","}.format(Money(123)) == "$123.00");
  CHECK(MoneyFormat{.language = "de", .thousands = "."}.localized("-1234.5") == "-1.234,5");
}
