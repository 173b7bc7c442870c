#include "actors/reply.h"

#include <doctest/doctest.h>

#include <limits>

#include "actors/errors.h"
#include "tests/game/small_game.h"

using namespace rialto;

namespace {

constexpr PageRef page{1, 2};

// "1,2:payload 3:payload", "*" for everyone.
std::string told(const Reply& reply, std::size_t players = 3) {
  std::string text;
  for (const StoredReply& stored : resolve(reply, players, page)) {
    CHECK(stored.page == page);
    std::string to;
    for (const auto id : stored.receivers) to += (to.empty() ? "" : ",") + std::to_string(id);
    text += (text.empty() ? "" : " ") + (to.empty() ? "*" : to) + ":" + stored.payload;
  }
  return text;
}

}  // namespace

TEST_CASE("a reply is told to those it names") {
  const Value data = 7;
  CHECK(told(to(2, "thanks")) == "2:\"thanks\"");
  CHECK(told({{2, data}, {3, data}}) == "2,3:7");
  CHECK(told({{2, "a"}, {3, "b"}}) == "2:\"a\" 3:\"b\"");
  CHECK(told({{everyone, data}}) == "*:7");
  CHECK(told({{0, data}}) == "*:7");
  CHECK(told(broadcast({{"bid", 1}})) == R"(*:{"bid":1})");
  CHECK(told(everyone_but(2, data)) == "1,3:7");
  small_game::World world;
  CHECK(told(to(world.group.player(2), {{"type", "error"}})) == R"(2:{"type":"error"})");
  CHECK(told({{world.group.player(2), 1}, {world.group.player(1), 2}}) == "1:2 2:1");
}

TEST_CASE("a named player wins over everyone, and null excludes") {
  CHECK(told({{everyone, "all"}, {2, "you"}}) == "1,3:\"all\" 2:\"you\"");
  CHECK(told({{2, nullptr}, {everyone, "all"}}) == "1,3:\"all\"");
  CHECK(told({{1, "x"}, {2, "x"}, {3, "x"}}) == "*:\"x\"");
  CHECK(told({{1, nullptr}}) == "");
}

TEST_CASE("nothing said is silence, but zero, false and empty are said") {
  CHECK(told({}) == "");
  CHECK(told(broadcast(nullptr)) == "");
  CHECK(told(broadcast({})) == "");
  CHECK(told(broadcast(0)) == "*:0");
  CHECK(told(broadcast(false)) == "*:false");
  CHECK(told(broadcast("")) == "*:\"\"");
  CHECK(told(broadcast(list())) == "*:[]");
  CHECK(told(broadcast(Value::object())) == "*:{}");
}

TEST_CASE("a reply to somebody who is not there, or twice to one, is the game's error") {
  CHECK_THROWS_WITH_AS(told(to(4, 1)),
                       "the reply is for player 4, but the group has players 1 to 3", AppError);
  CHECK_THROWS_AS(told(to(-1, 1)), AppError);
  CHECK_THROWS_AS(told(everyone_but(9, 1)), AppError);
  CHECK_THROWS_WITH_AS(told({{2, 1}, {2, 2}}), "the reply names player 2 twice", AppError);
  CHECK_THROWS_WITH_AS(told({{everyone, 1}, {everyone, 2}}), "the reply names everyone twice",
                       AppError);
  CHECK_THROWS_AS(told(broadcast(std::numeric_limits<double>::infinity())), AppError);
}

TEST_CASE("a reply says how long it is kept") {
  CHECK(resolve(broadcast(1), 3, page)[0].retention == Retention::log);
  CHECK(resolve(transient(to(1, 1)), 3, page)[0].retention == Retention::transient);
  const auto book = resolve(latest("book", {{everyone, 1}, {2, 5}}), 3, page);
  REQUIRE(book.size() == 2);
  CHECK(book[0].retention == Retention::latest);
  CHECK(book[0].key == "book");
  CHECK(book[1].key == "book");
}

TEST_CASE("a null for a key ends it") {
  CHECK(told(latest("book", broadcast(nullptr))) == "*:null");
  CHECK(told(latest("book", {{everyone, 1}, {2, nullptr}})) == "1,3:1 2:null");
}

TEST_CASE("replies are added, each kept in its own way") {
  const auto both = resolve(latest("book", broadcast(1)) + transient(to(2, 2)) + to(3, 3), 3, page);
  REQUIRE(both.size() == 3);
  CHECK(both[0].retention == Retention::latest);
  CHECK(both[1].retention == Retention::transient);
  CHECK(both[2].retention == Retention::log);
  CHECK(both[2].payload == "3");
  CHECK(resolve(transient(to(1, 1) + to(2, 2)), 3, page)[1].retention == Retention::transient);
}

TEST_CASE("equal payloads for several players are stored once") {
  CHECK(told({{1, {{"a", 1}}}, {2, {{"a", 1}}}}) == R"(1,2:{"a":1})");
  CHECK(told(everyone_but(1, "x"), 500).find("\"x\"") != std::string::npos);
  CHECK(resolve(everyone_but(1, "x"), 500, page).size() == 1);
  CHECK(resolve(everyone_but(1, "x"), 500, page)[0].receivers.size() == 499);
}

TEST_CASE("a refusal is told to nobody here: it is a bad message, whatever is added to it") {
  CHECK_THROWS_WITH_AS(told(reject("Too low.")), "Too low.", BadMessage);
  CHECK_THROWS_AS(told(broadcast(1) + reject("Too low.")), BadMessage);
  CHECK_THROWS_AS(told(transient(reject(""))), BadMessage);
  CHECK(reject("Too low.").refusal() == "Too low.");
  CHECK(broadcast(1).refusal().empty());
}

TEST_CASE("a reply grows by += as by +") {
  Reply reply = broadcast("all");
  reply += to(2, "two");
  reply += Reply();
  const auto stored = resolve(reply, 3, {});
  REQUIRE(stored.size() == 2);
  CHECK(stored[0].payload == "\"all\"");
  CHECK(stored[1].payload == "\"two\"");
  CHECK(stored[1].receivers == std::vector<std::uint32_t>{2});
}
