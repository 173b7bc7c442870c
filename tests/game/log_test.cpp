#include "actors/log.h"

#include <doctest/doctest.h>

#include "tests/game/small_game.h"

using rialto::AppError;
using rialto::list;
using rialto::Money;
using rialto::Value;
using small_game::World;

TEST_CASE("rows are appended, walked through and shown as objects by column") {
  World world;
  auto& bids = world.group.bids;
  world.step.open(0, 1);
  bids.append(1, 10);
  world.group.leader = 2;
  bids.append(world.group.leader, Money::parse("10.50"));
  std::string walked;
  for (const auto& [player, amount] : bids)
    walked += std::to_string(player) + ":" + amount.text() + " ";
  CHECK(walked == "1:10 2:10.5 ");
  CHECK(bids.size() == 2);
  CHECK(std::get<1>(bids.last()) == Money::parse("10.5"));
  CHECK(Value{{"bids", bids}}.dump() ==
        R"({"bids":[{"player":1,"amount":10},{"player":2,"amount":10.5}]})");
  CHECK_THROWS_AS((void)bids[2], AppError);
}

TEST_CASE("a row is a tuple of its cells, and an object where a Value is wanted") {
  World world;
  world.step.open(0, 1);
  world.group.bids.append(1, 10);
  const auto& [player, amount] = world.group.bids.last();
  CHECK(player == 1);
  CHECK(amount == 10);
  CHECK(Value(world.group.bids.last()) == Value{{"player", 1}, {"amount", 10}});
  CHECK(list(world.group.bids[0], 2)[0]["amount"] == 10);
}

TEST_CASE(
    "what was read of a log stays while rows are appended, and is all that is walked through") {
  World world;
  world.step.open(0, 1);
  world.group.notes.append(std::string(100, 'a'), nullptr, std::vector<int>{});
  const auto& first = world.group.notes[0];
  int walked = 0;
  for (const auto& [text, value, numbers] : world.group.notes) {
    for (int i = 0; i < 1000; ++i) world.group.notes.append("b", nullptr, std::vector<int>{});
    CHECK(text == std::string(100, 'a'));
    ++walked;
  }
  CHECK(walked == 1);
  CHECK(std::get<0>(first) == std::string(100, 'a'));
  CHECK(world.group.notes.size() == 1001);
}

TEST_CASE("rows of a rolled-back step are gone, the others stay") {
  World world;
  world.step.open(0, 1);
  world.group.bids.append(1, 10);
  world.step.keep();
  world.step.open(0, 2);
  world.group.bids.append(2, 20);
  world.group.bids.append(1, 30);
  world.group.player(1).clicks.append(true);
  world.step.roll_back();
  REQUIRE(world.group.bids.size() == 1);
  CHECK(std::get<0>(world.group.bids[0]) == 1);
  CHECK(world.group.player(1).clicks.empty());
}

TEST_CASE("a step has its rows as JSON, in the order they were appended") {
  World world;
  world.step.open(0, 1);
  world.group.notes.append("a", list(1, nullptr), std::vector<int>{1, 2});
  world.group.player(2).clicks.append(false);
  world.step.keep();
  REQUIRE(world.step.rows.size() == 2);
  CHECK(world.step.rows[0].json == R"(["a",[1,null],[1,2]])");
  CHECK(world.step.rows[0].log == &world.group.notes);
  CHECK(world.step.rows[1].log->owner().object_number() == 2);
}

TEST_CASE("a stored row is read back, and refused if it does not fit") {
  World world;
  world.group.bids.restore("[3,1.25]");
  CHECK(std::get<1>(world.group.bids[0]) == Money::parse("1.25"));
  CHECK_THROWS_AS(world.group.bids.restore("[3]"), std::runtime_error);
  CHECK_THROWS_AS(world.group.bids.restore(R"(["x",1])"), std::runtime_error);
  CHECK(world.group.bids.size() == 1);
}

TEST_CASE("rows before a snapshot are fetched once for all logs, when one is first read") {
  World world;
  auto& group = world.group;
  int fetches = 0;
  const auto fetch = [&] {
    ++fetches;
    group.bids.restore("[1,10]");
    group.bids.restore("[2,20]");
    group.player(1).clicks.restore("[true]");
  };
  group.bids.fetch_with(fetch);
  group.notes.fetch_with(fetch);
  group.player(1).clicks.fetch_with(fetch);
  group.bids.restore("[1,30]");  // of a record after the snapshot
  world.step.open(0, 1);
  group.bids.append(2, 40);
  CHECK(fetches == 0);
  CHECK(
      group.bids.to_value().dump() ==
      R"([{"player":1,"amount":10},{"player":2,"amount":20},{"player":1,"amount":30},{"player":2,"amount":40}])");
  CHECK(group.player(1).clicks.size() == 1);
  CHECK(group.notes.empty());
  CHECK(fetches == 1);
}

TEST_CASE("a row appended before the older ones were fetched is rolled back alone") {
  World world;
  auto& bids = world.group.bids;
  bids.fetch_with([&] { bids.restore("[1,10]"); });
  world.step.open(0, 1);
  bids.append(2, 40);
  world.step.roll_back();
  CHECK(bids.size() == 1);
}

TEST_CASE("what cannot be stored is not appended") {
  World world;
  world.step.open(0, 1);
  CHECK_THROWS_AS(world.group.notes.append("\xFF", 1, std::vector<int>{}), AppError);
  CHECK(world.group.notes.empty());
  CHECK(world.step.rows.empty());
}

TEST_CASE("nothing is appended outside a step") {
  World world;
  CHECK_THROWS_AS(world.group.bids.append(1, 10), AppError);
  CHECK(world.group.bids.empty());
}
