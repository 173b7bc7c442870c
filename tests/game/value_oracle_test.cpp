// Value against another reader of JSON, on texts broken at random.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <random>
#include <string>
#include <vector>

#include "actors/value.h"

using rialto::BadMessage;
using rialto::Value;

namespace {

const std::vector<std::string> seeds{
    R"({"type":"send","n":12,"data":{"bid":42.5,"to":[1,2,{"x":null}],"s":"a\u00e9\n\"b\""}})",
    R"([1,-2,3.25e-2,true,false,null,"",[],{},"é🙂\ud83d\ude42"])",
    R"({"a":{"a":{"a":[[[[0]]]]}},"b":-0.0,"c":1e22,"d":123456789012345678})",
};

std::string broken(const std::string& seed, std::mt19937& random) {
  static const std::string pieces =
      "{}[]\",:0123456789.eE+-truefalsnu\\ \t\n\x01\x80\xC3\xED\xA0\xFF";
  std::string text = seed;
  for (std::uint32_t changes = random() % 4; changes > 0; --changes) {
    const std::size_t at = random() % (text.size() + 1);
    const char piece = pieces[random() % pieces.size()];
    switch (random() % 4) {
      case 0:
        text.insert(at, 1, piece);
        break;
      case 1:
        if (at < text.size()) text[at] = piece;
        break;
      case 2:
        text.erase(at, random() % 5);
        break;
      default:
        text.insert(at, text.substr(random() % text.size(), random() % 8));
    }
    if (text.empty()) text = "1";
  }
  return text;
}

}  // namespace

TEST_CASE("Value takes and refuses exactly what another reader of JSON does, and reads the same") {
  std::mt19937 random(7);
  int taken = 0;
  for (int i = 0; i < 100'000; ++i) {
    const std::string text = broken(seeds[random() % seeds.size()], random);
    CAPTURE(text);
    const bool valid = nlohmann::ordered_json::accept(text);
    try {
      const Value value = Value::parse(text, 1000);
      REQUIRE(valid);
      ++taken;
      // Compared through the other reader: numbers may be spelled in another way.
      CHECK(nlohmann::json::parse(value.dump()) == nlohmann::json::parse(text));
      CHECK(Value::parse(value.dump(), 1000) == value);
    } catch (const BadMessage&) {
      REQUIRE(!valid);
    }
  }
  CHECK(taken > 10'000);
}
