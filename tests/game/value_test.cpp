#include "actors/value.h"

#include <doctest/doctest.h>

#include <limits>

#include "actors/errors.h"
#include "actors/money.h"

using rialto::AppError;
using rialto::BadMessage;
using rialto::exact;
using rialto::list;
using rialto::Money;
using rialto::Value;

namespace {

constexpr std::size_t nesting = 64;

Value parsed(std::string_view json) { return Value::parse(json, nesting); }

template <class Act>
std::string refusal(Act&& act) {
  try {
    act();
  } catch (const BadMessage& bad) {
    return bad.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("any JSON comes out as it went in, key order kept") {
  for (const std::string_view json :
       {R"(null)", R"(true)", R"(0)", R"(-12)", R"(99.9)", R"("hello world")", R"([4,5,6])",
        R"({"type":"bid","value":10.5})", R"({"z":1,"a":{"y":[],"b":{}}})", R"("Grüße \" \\ \n")",
        R"(1e+300)", R"(9007199254740993)", R"(-9223372036854775808)", R"("🙂")"}) {
    CHECK(parsed(json).dump() == json);
  }
  CHECK(parsed(" [ 1 , {\"a\" : 2.5e-1} ]\n").dump() == R"([1,{"a":0.25}])");
  CHECK(parsed(R"("\u00e9\ud83d\ude42\/\u0007")").dump() == R"("é🙂/\u0007")");
}

TEST_CASE("what is stored of an input means the same, in the server's own writing") {
  const auto stored = [](const char* sent) { return Value::parse(sent).dump(); };
  CHECK(stored("1e2") == "100.0");
  CHECK(stored("100.0") == "100.0");
  CHECK(stored("0.10") == "0.1");
  CHECK(stored("99.9") == "99.9");
  CHECK(stored(" { \"a\" : [ 1 , 2 ] } ") == R"({"a":[1,2]})");
  CHECK(stored(R"({"a":1,"b":2,"a":3})") == R"({"a":3,"b":2})");
  CHECK(stored(R"("\u0041\/")") == R"("A/")");
  CHECK(stored(R"("\u0000")") == R"("\u0000")");
}

TEST_CASE("what a browser would not parse is refused") {
  for (const std::string_view json : {"",
                                      " ",
                                      "undefined",
                                      "NaN",
                                      "Infinity",
                                      "-Infinity",
                                      "01",
                                      "-",
                                      "1.",
                                      ".5",
                                      "1e",
                                      "+1",
                                      "[1,]",
                                      "[1",
                                      "[",
                                      "{",
                                      "{\"a\"}",
                                      "{\"a\":}",
                                      "{\"a\":1,}",
                                      "{a:1}",
                                      "'a'",
                                      "\"a",
                                      "\"\\x\"",
                                      "\"\n\"",
                                      "\"\\u12\"",
                                      "\"\\ud800\"",
                                      "\"\\ud800\\u0041\"",
                                      "nul",
                                      "truefalse",
                                      "1 2",
                                      "1e999",
                                      "\"\xC0\xAF\"",
                                      "\"\xED\xA0\x80\"",
                                      "\"\xFF\"",
                                      "\"\xC3\"",
                                      "{1:2}",
                                      "]"}) {
    CAPTURE(json);
    CHECK_THROWS_AS(parsed(json), BadMessage);
  }
  CHECK(refusal([] { parsed("[1 2]"); }) == "this is not JSON: it makes no sense at byte 4");
}

TEST_CASE("nesting is bounded, and a deep value costs nothing before it is refused") {
  const std::string deep = std::string(64, '[') + std::string(64, ']');
  CHECK(parsed(deep).is_list());
  CHECK(refusal([&] { parsed("[" + deep + "]"); }) == "this is nested too deeply");
  CHECK_THROWS_AS(parsed(std::string(10'000'000, '[')), BadMessage);
  CHECK_THROWS_AS(Value::parse("[]", 0), BadMessage);
}

TEST_CASE("of members with one key the last counts, in the place of the first") {
  CHECK(parsed(R"({"a":1,"b":2,"a":3})").dump() == R"({"a":3,"b":2})");
  std::string many = "{";
  for (int i = 0; i < 50'000; ++i)
    many += "\"k" + std::to_string(i % 7) + "\":" + std::to_string(i) + ",";
  many.back() = '}';
  CHECK(parsed(many).size() == 7);
  CHECK(parsed(many)["k0"] == 49'994);
}

TEST_CASE("braces of pairs are always an object, lists come from list(...)") {
  CHECK(Value{{"a", 1}}.dump() == R"({"a":1})");
  CHECK(Value{{"a", "b"}}.dump() == R"({"a":"b"})");
  CHECK(Value{{"a", 1}, {"b", 2}}.dump() == R"({"a":1,"b":2})");
  CHECK(Value{{"a", {{"b", nullptr}}}}.dump() == R"({"a":{"b":null}})");
  CHECK(list(1, "two", {{"three", 3}}).dump() == R"([1,"two",{"three":3}])");
  CHECK(list(list(1), list()).dump() == "[[1],[]]");
  CHECK(Value(std::vector<int>{1, 2}).dump() == "[1,2]");
  CHECK(Value(std::vector<bool>{true}).dump() == "[true]");
  const Value value{{"a", 1}};
  CHECK(Value{value} == value);
  CHECK(Value{list(1)} == list(1));
  CHECK(Value{}.is_null());
  CHECK(Value::object().dump() == "{}");
}

TEST_CASE("a Value is made of what games hold") {
  CHECK(Value(true).dump() == "true");
  CHECK(Value('x').dump() == "\"x\"");
  CHECK(Value(std::size_t{7}).dump() == "7");
  CHECK(Value(std::numeric_limits<std::uint64_t>::max()).dump() == "1.8446744073709552e+19");
  CHECK(Value(Money::parse("10.50")).dump() == "10.5");
  CHECK(Value(Money(3)).dump() == "3");
  CHECK(Value(0.1 + 0.2).dump() == "0.30000000000000004");
}

TEST_CASE("numbers are taken as what they are") {
  CHECK(parsed("3.0").as<int>() == 3);
  CHECK(parsed("1e3").as<int>() == 1000);
  CHECK(parsed("3").as<double>() == 3.0);
  CHECK(refusal([] { parsed("3.5").as<int>(); }) == "expected a whole number, got 3.5");
  CHECK(refusal([] { parsed("true").as<int>(); }) == "expected a number, got true");
  CHECK(refusal([] { parsed("null").as<int>(); }) == "expected a number, got null (empty input?)");
  CHECK(refusal([] { parsed("\"12\"").as<int>(); }) == "expected a number, got the text \"12\"");
  CHECK(refusal([] { parsed("3000000000").as<int>(); }) ==
        "expected a whole number from -2147483648 to 2147483647, got 3000000000");
  CHECK(parsed("9007199254740992").as<std::int64_t>() == 9007199254740992);
  CHECK_THROWS_AS(parsed("9007199254740993").as<std::int64_t>(), BadMessage);
  CHECK_THROWS_AS(parsed("1e300").as<std::int64_t>(), BadMessage);
  CHECK_THROWS_AS(parsed("-1").as<unsigned>(), BadMessage);
}

TEST_CASE("other types are taken as what they are") {
  CHECK(parsed("false").as<bool>() == false);
  CHECK(parsed("\"x\"").as<std::string>() == "x");
  CHECK(parsed("[1,2]").as<std::vector<int>>() == std::vector<int>{1, 2});
  CHECK(refusal([] { parsed("1").as<bool>(); }) == "expected true or false, got 1");
  CHECK(refusal([] { parsed("1").as<std::string>(); }) == "expected a text, got 1");
  CHECK(refusal([] { parsed("[1,null]").as<std::vector<int>>(); }) ==
        "expected a number, got null (empty input?)");
  const std::string endless(1000, 'x');
  CHECK(refusal([&] { Value(endless).as<bool>(); }).size() < 120);
}

TEST_CASE("money is rounded half up by the exact value of the number, or refused") {
  CHECK(parsed("10.556").as<Money>() == Money::parse("10.56"));
  CHECK(parsed("10.555").as<Money>() == Money::parse("10.55"));  // that double is a little less
  CHECK(parsed("0.125").as<Money>() == Money::parse("0.13"));
  CHECK(parsed("-0.125").as<Money>() == Money::parse("-0.13"));
  CHECK(parsed("10.55").as<Money>(exact) == Money::parse("10.55"));
  CHECK(refusal([] { parsed("10.555").as<Money>(exact); }) ==
        "expected a number with at most 2 decimals, got 10.555");
  CHECK_THROWS_AS(parsed("1e15").as<Money>(), BadMessage);
  CHECK_THROWS_AS(parsed("null").as<Money>(), BadMessage);
}

TEST_CASE("members are read with a word about what is missing") {
  const Value data = parsed(R"({"type":"offer","to":3,"none":null})");
  CHECK(data["to"] == 3);
  CHECK(data.contains("none"));
  CHECK(!data.contains("from"));
  CHECK(!parsed("[1]").contains("from"));
  CHECK(refusal([&] { (void)data["from"]; }) ==
        R"(expected "from" in the object, which has only "type", "to", "none")");
  CHECK(refusal([] { (void)parsed("5")["to"]; }) == R"(expected an object with "to", got 5)");
  CHECK(data.get("to", 7) == 3);
  CHECK(data.get("from", 7) == 7);
  CHECK(data.get("from", "nobody") == "nobody");
  CHECK_THROWS_AS(data.get("type", 7), BadMessage);
  CHECK_THROWS_AS(data.get("none", 7), BadMessage);
}

TEST_CASE("lists and objects are walked through in order") {
  int sum = 0;
  for (const Value& item : parsed("[1,2,3]")) sum += item.as<int>();
  CHECK(sum == 6);
  std::string keys;
  const Value object = parsed(R"({"b":1,"a":2})");
  for (const auto& [key, value] : object.members()) keys += key + value.dump();
  CHECK(keys == "b1a2");
  CHECK(parsed("[1,2]")[1] == 2);
  CHECK(refusal([] { (void)parsed("[1,2]")[2]; }) ==
        "expected an item number 2 (from 0) in a list of 2");
  CHECK_THROWS_AS((void)parsed("{}").begin(), BadMessage);
  CHECK(parsed("[]").empty());
  CHECK(parsed("\"abc\"").size() == 3);
}

TEST_CASE("equality is of values: order of keys and kind of number matter not") {
  CHECK(parsed(R"({"a":1,"b":2})") == parsed(R"({"b":2.0,"a":1})"));
  CHECK(parsed("[1,2]") != parsed("[2,1]"));
  CHECK(parsed("1") != parsed("true"));
  CHECK(parsed("{}") != parsed("[]"));
  CHECK(parsed("null") != parsed("0"));
  CHECK(parsed(R"({"a":1})") != parsed(R"({"a":1,"b":2})"));
  CHECK(parsed("9007199254740993") != parsed("9007199254740992"));
  CHECK(parsed("\"x\"") == "x");
}

TEST_CASE("objects and lists are built step by step") {
  Value state{{"board", "XO"}};
  state.update({{"square", 3}, {"board", "XOX"}}).set("turn", 1);
  CHECK(state.dump() == R"({"board":"XOX","square":3,"turn":1})");
  Value bids;
  bids.append(1).append({{"bid", 2}});
  CHECK(bids.dump() == R"([1,{"bid":2}])");
  CHECK_THROWS_AS(Value(1).set("a", 1), AppError);
  CHECK_THROWS_AS(Value(1).append(1), AppError);
}

TEST_CASE("what JSON cannot say is the game's error") {
  CHECK_THROWS_AS(Value(std::numeric_limits<double>::quiet_NaN()).dump(), AppError);
  CHECK_THROWS_AS(list(std::numeric_limits<double>::infinity()).dump(), AppError);
  CHECK_THROWS_AS(Value("\xC3").dump(), AppError);
  CHECK_THROWS_AS((Value{{"\xFF", 1}}.dump()), AppError);
}

TEST_CASE("what is not there is null in a list and an object, and what is there is itself") {
  const std::optional<int> nothing;
  CHECK(list(std::optional<int>(3), nothing) == list(3, nullptr));
  CHECK(Value{{"a", nothing}, {"b", std::optional<std::string>("x")}} ==
        Value{{"a", nullptr}, {"b", "x"}});
  CHECK(Value(std::optional<Value>(list(1))) == list(1));
}

namespace {
Value made() { return {{"rows", list({{"a", 1}}, {{"a", 2}})}, {"text", std::string(100, 'x')}}; }
}  // namespace

TEST_CASE("members and items of what a function returns may be kept") {
  std::string keys;
  for (const auto& [key, value] : made().members())
    keys += key + std::to_string(value.size()) + " ";
  CHECK(keys == "rows2 text100 ");
  int sum = 0;
  for (const Value& row : made()["rows"]) sum += row["a"].as<int>();
  CHECK(sum == 3);
  for (const Value& row : made()["rows"].items()) sum += row["a"].as<int>();
  CHECK(sum == 6);
  const Value& second = made()["rows"][1];
  CHECK(second["a"] == 2);
  const Value& text = made()["text"];
  CHECK(text == std::string(100, 'x'));
}
