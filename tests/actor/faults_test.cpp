// Units that fail, and what they and the directory owe to others meanwhile.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {
namespace timed {

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply say(Player&, const Value& data) { return broadcast(data); }

// Who comes later has less time.
Duration time_of(const Player& player) { return std::chrono::minutes(200 - player.id_in_group()); }

AnyApp app(int players_per_group) {
  return App<Group, Player>{
      .name = "timed",
      .players_per_group = players_per_group,
      .pages = {{.name = "Think", .live_method = say, .timeout_now = time_of}, {.name = "End"}},
  };
}

}  // namespace timed

namespace {

// What it knows of its history is in the store.
void join_after_a_restart(UnitWorld& world) {
  world.join(1);
  world.settle();
  world.restart();
  world.join(1);
  world.settle();
}

// The unit's actor ends by an exception.
void fail_at_reading(UnitWorld& world) {
  world.store.throws = true;
  world.tell_unit(PullHistory{1, 1, {}, 0, 0});
  world.run();
  world.store.throws = false;
}

}  // namespace

TEST_CASE("deadlines that come nearer and nearer are one timer of their unit") {
  constexpr std::uint32_t players = 100;
  UnitWorld world(timed::app(players), players);
  world.open_page(1);
  world.settle();
  const std::size_t timers = world.timers();
  for (std::uint32_t player = 2; player <= players; ++player) {
    world.open_page(player);
    world.settle();
  }
  CHECK(world.timers() == timers);
  world.advance(std::chrono::minutes(101));
  world.settle();
  CHECK(world.records().back().code == "timeout");
  CHECK(world.timers() <= timers);
}

TEST_CASE("who waits for a unit whose actor ends by an exception is answered; it begins anew") {
  UnitWorld world(timed::app(1), 1);
  world.join(1);
  world.settle();
  world.send(1, "something to read");
  world.settle();
  world.restart();
  world.join(1);
  world.settle();
  world.store.throws = true;
  world.tell_directory(OpenPage{1, world.participants()[0]});
  world.tell_unit(PullHistory{1, 1, {}, 0, 0});
  world.run();
  REQUIRE(world.heard.pages.size() == 1);
  CHECK(world.heard.pages[0].status == PageStatus::failed);
  world.store.throws = false;
  world.settle();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.back().status == PageStatus::page);
}

TEST_CASE("a unit is not brought back while records of its last actor are on their way") {
  UnitWorld world(timed::app(1), 1);
  join_after_a_restart(world);
  world.send(1, "on its way");
  fail_at_reading(world);
  world.open_page(1);
  CHECK(world.heard.pages.at(0).status == PageStatus::failed);
  world.settle();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.at(1).status == PageStatus::page);
  std::uint64_t before = 0;
  for (const Record& record : world.records()) CHECK(record.sequence == ++before);
}

TEST_CASE("a unit with a deadline whose actor ended by an exception keeps it") {
  UnitWorld world(timed::app(1), 1);
  join_after_a_restart(world);
  fail_at_reading(world);
  world.settle();
  world.advance(std::chrono::minutes(200));  // it is woken again, then its time is up
  world.advance(std::chrono::minutes(1));
  world.settle();
  CHECK(world.records().back().code == "timeout");
}

TEST_CASE("after a start a page is shown before all that is due has been brought back") {
  constexpr std::uint32_t groups = 60;
  UnitWorld world(timed::app(1), groups);
  for (std::uint32_t player = 1; player <= groups; ++player) world.open_page(player);
  world.settle();
  world.restart();
  world.tell_directory(OpenPage{1, world.participants().back()});
  int turns = 0;
  while (world.heard.pages.empty() && turns < 1'000) {
    world.run_once();
    ++turns;
  }
  CHECK(turns < 20);
  world.settle();
  world.advance(std::chrono::minutes(200));
  world.settle();
  for (std::uint32_t group = 0; group < groups; ++group) {
    CHECK(world.records(UnitId::of(1, group)).back().code == "timeout");
  }
}

TEST_CASE("who asks for the health is answered behind a commit") {
  UnitWorld world(timed::app(1), 1);
  world.heard.sessions.clear();
  world.tell_directory(AskHealth{9});
  world.run();
  CHECK(world.heard.sessions.empty());
  world.settle();
  REQUIRE(world.heard.sessions.size() == 1);
  CHECK(world.heard.sessions[0].request == 9);
}

TEST_CASE("two wishes under one key that come at once give one session") {
  UnitWorld world(timed::app(1), 1);
  world.heard.sessions.clear();
  for (const std::uint64_t request : {1, 2}) {
    world.tell_directory(CreateSession{request, "timed", 1, false, "the same", {}, {}});
  }
  world.settle();
  REQUIRE(world.heard.sessions.size() == 2);
  CHECK(world.heard.sessions[0].result["code"] == world.heard.sessions[1].result["code"]);
}

}  // namespace rialto::test
