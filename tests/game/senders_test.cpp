// Which sends of a page load were consumed, and for how long that is remembered (rules.md 1, 2).
#include "actors/senders.h"

#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"
#include "actors/unit.h"

namespace {
using namespace rialto;

using From = Senders::From;
using Standing = Senders::Standing;

constexpr std::int64_t hour = 3'600'000'000;
constexpr std::size_t bound = 16 * 1024;

std::string load(int number) { return "load-" + std::to_string(number); }

TEST_CASE("thousands of loads of one page may send, and all are remembered") {
  Senders senders(1, bound);
  for (int number = 1; number <= 10'000; ++number) {
    REQUIRE(senders.standing(1, load(number), 1) == Standing::next);
    senders.consume(1, load(number), 1, "", From::page_of_player, number);
  }
  CHECK(senders.standing(1, load(1), 1) == Standing::repeated);
  CHECK(senders.standing(1, load(1), 2) == Standing::next);
  CHECK(senders.standing(1, load(1), 3) == Standing::gap);
  CHECK(senders.standing(1, load(0), 2) == Standing::gap);
}

TEST_CASE("a load is remembered for a day after its page was left, then it is unknown") {
  Senders senders(2, bound);
  senders.consume(1, load(1), 1, "bad_message", From::page_of_player, 1);
  senders.consume(1, load(1), 2, "", From::page_of_player, 2 * hour);
  senders.leave_page(1, 3 * hour);
  senders.consume(1, load(2), 1, "", From::page_of_player, 26 * hour);
  CHECK(senders.standing(1, load(1), 2) == Standing::repeated);
  CHECK(senders.refusal(1, load(1), 1) == "bad_message");
  senders.consume(2, load(3), 1, "", From::page_of_player, 28 * hour);
  CHECK(senders.standing(1, load(1), 2) == Standing::repeated);
  senders.consume(1, load(4), 1, "", From::page_of_player, 28 * hour);
  CHECK(senders.standing(1, load(1), 2) == Standing::gap);
  CHECK(senders.refusal(1, load(1), 1).empty());
  CHECK(senders.standing(1, load(2), 1) == Standing::repeated);
}

TEST_CASE("a load of the page that the player is on is remembered for as long as he is there") {
  Senders senders(1, bound);
  senders.consume(1, load(1), 1, "", From::page_of_player, 1);
  for (int day = 1; day < 10; ++day) {
    senders.consume(1, load(day + 1), 1, "", From::page_of_player, day * 24 * hour);
  }
  CHECK(senders.standing(1, load(1), 1) == Standing::repeated);
}

TEST_CASE("beyond the bound, loads of the page that was left first are forgotten first") {
  Senders senders(1, 4);
  senders.consume(1, load(1), 1, "", From::page_of_player, 1);
  senders.leave_page(1, 2);
  senders.consume(1, load(2), 1, "", From::page_of_player, 3);
  senders.leave_page(1, 4);
  for (int number = 3; number <= 5; ++number) {
    senders.consume(1, load(number), 1, "", From::page_of_player, number);
  }
  CHECK(senders.standing(1, load(1), 1) == Standing::next);  // forgotten: its page is stale
  CHECK(senders.standing(1, load(2), 1) == Standing::repeated);
  senders.consume(1, load(6), 1, "", From::page_of_player, 6);
  CHECK(senders.standing(1, load(2), 2) == Standing::gap);
  CHECK(senders.standing(1, load(7), 1) == Standing::too_many);
  for (int number = 3; number <= 6; ++number) {
    CHECK(senders.standing(1, load(number), 1) == Standing::repeated);
  }
  senders.leave_page(1, 7);
  CHECK(senders.standing(1, load(7), 1) == Standing::next);
}

TEST_CASE("of a load the newest 256 refusals are kept") {
  Senders senders(1, bound);
  for (std::uint64_t number = 1; number <= 300; ++number) {
    senders.consume(1, load(1), number, "bad_message", From::page_of_player, 1);
  }
  CHECK(senders.refusal(1, load(1), 44).empty());
  CHECK(senders.refusal(1, load(1), 45) == "bad_message");
  CHECK(senders.refusal(1, load(1), 300) == "bad_message");
}

TEST_CASE("a snapshot brings back who was where, and in which order they are forgotten") {
  Senders senders(2, 3);
  senders.consume(1, load(1), 1, "", From::page_of_player, 1);
  senders.consume(1, load(2), 1, "stale_page", From::page_left, 2);
  senders.leave_page(1, 3);
  senders.consume(1, load(3), 1, "", From::page_of_player, 4);
  senders.consume(2, load(1), 1, "", From::page_of_player, 4);
  Senders again(2, 3);
  again.restore(Value::parse(senders.to_value().dump(), 8));
  CHECK(again.to_value() == senders.to_value());
  CHECK(again.refusal(1, load(2), 1) == "stale_page");
  again.consume(1, load(4), 1, "", From::page_of_player, 5);
  CHECK(again.standing(1, load(2), 2) == Standing::gap);
  CHECK(again.standing(1, load(1), 1) == Standing::repeated);
  CHECK(again.standing(2, load(1), 1) == Standing::repeated);
  again.consume(1, load(5), 1, "", From::page_of_player, 3 + 24 * hour);
  CHECK(again.standing(1, load(1), 2) == Standing::gap);
}

TEST_CASE("a snapshot of before pages were told apart is read") {
  Senders senders(1, bound);
  senders.restore(Value::parse(R"([{"old-load":[7,[[5,"bad_message"]]]}])", 8));
  CHECK(senders.standing(1, "old-load", 7) == Standing::repeated);
  CHECK(senders.standing(1, "old-load", 8) == Standing::next);
  CHECK(senders.refusal(1, "old-load", 5) == "bad_message");
  senders.leave_page(1, 1);
  senders.leave_page(1, 1 + 24 * hour);
  CHECK(senders.standing(1, "old-load", 8) == Standing::gap);
}

struct Group : GroupOf<struct Player> {
  Field<int> clicks{this, "clicks", 0};
};
struct Player : PlayerIn<Group> {};

AnyApp of_rounds(int rounds) {
  return App<Group, Player>{
      .name = "clicking",
      .players_per_group = 1,
      .rounds = rounds,
      .pages = {{.name = "Click", .live_method = [](Player& player, const Value&) -> Reply {
                   player.group().clicks += 1;
                   return broadcast(player.group().clicks);
                 }}}};
}

TEST_CASE("an experiment of 350 rounds whose pages are loaded again and again takes every send") {
  Limits limits;
  Unit unit(of_rounds(350), {UnitId::of(1, 0), {"aa"}, 1, &limits, nullptr});
  unit.create(1);
  std::int64_t now = 1;
  std::size_t largest = 0;
  for (std::uint16_t round = 1; round <= 350; ++round) {
    for (int loaded = 0; loaded < 12; ++loaded) {
      const std::string sender = std::to_string(round) + "-" + std::to_string(loaded);
      now += hour / 12;
      REQUIRE(unit.live(1, {round, 0}, sender, 1, Value(), now).code.empty());
    }
    unit.submit(1, {round, 0}, Value::object(), now);
    if (round > 300) largest = std::max(largest, unit.snapshot().size());
  }
  CHECK(unit.page_of(1) == PageRef{350, 1});
  // Of 4,200 loads those of the last day are in it.
  CHECK(largest < 60'000);
}

TEST_CASE("what comes of a load whose page was left is stale, also when it is forgotten") {
  Limits limits;
  Unit unit(of_rounds(2), {UnitId::of(1, 0), {"aa"}, 1, &limits, nullptr});
  unit.create(1);
  CHECK(unit.live(1, {1, 0}, "early-load", 1, Value(), 2).code.empty());
  unit.submit(1, {1, 0}, Value::object(), 3);
  CHECK(unit.live(1, {1, 0}, "early-load", 1, Value(), 4).code.empty());  // a repeat
  CHECK(unit.live(1, {1, 0}, "early-load", 2, Value(), 5).code == "stale_page");
  CHECK(unit.live(1, {1, 0}, "late-load", 1, Value(), 6).code == "stale_page");
  unit.live(1, {2, 0}, "third-load", 1, Value(), 7 + 24 * hour);
  CHECK(unit.live(1, {1, 0}, "early-load", 1, Value(), 8 + 24 * hour).code == "stale_page");
  CHECK(unit.live(1, {1, 0}, "early-load", 3, Value(), 9 + 24 * hour).code == "number_gap");
}

}  // namespace
