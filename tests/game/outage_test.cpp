// While nothing runs, the times of pages stand still (rules.md 13).
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/outages.h"
#include "actors/unit.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

constexpr std::int64_t second = 1'000'000;
const Limits limits;

std::unique_ptr<Unit> on_a_timed_page(Outage outage) {
  const AnyApp app = App<Group, Player>{.name = "timed",
                                        .players_per_group = 2,
                                        .outage = outage,
                                        .pages = {{.name = "Own", .timeout = 60s},
                                                  {.name = "Shared", .group_timeout = 60s},
                                                  {.name = "End"}}};
  auto unit =
      std::make_unique<Unit>(app, Unit::Setup{UnitId::of(1, 0), {"aa", "bb"}, 1, &limits, nullptr});
  unit->create(second);
  return unit;
}

TEST_CASE("an outage moves each time that runs by its length, once") {
  auto unit = on_a_timed_page(Outage::stops_time);
  unit->arrive(1, {1, 0}, 10 * second);
  const StepResult moved = unit->outage({20 * second, 320 * second, 300 * second}, 321 * second);
  CHECK(moved.record->code == "outage");
  CHECK(unit->time_left(1, 320 * second) == TimeLeft{50 * second, true});
  CHECK(!unit->outage({20 * second, 320 * second, 300 * second}, 322 * second).record);
  CHECK(!unit->time_out(369 * second).record);
  CHECK(unit->time_out(373 * second).record);
}

TEST_CASE("what began after the last sign of life is moved by what came after it") {
  auto unit = on_a_timed_page(Outage::stops_time);
  unit->arrive(1, {1, 0}, 100 * second);
  unit->outage({10 * second, 130 * second, 120 * second}, 130 * second);
  CHECK(unit->time_left(1, 130 * second) == TimeLeft{60 * second, true});
}

TEST_CASE("a group's time is moved, too; and a game may let time go on") {
  auto unit = on_a_timed_page(Outage::stops_time);
  unit->submit(1, {1, 0}, Value::object(), 2 * second);
  unit->submit(2, {1, 0}, Value::object(), 2 * second);
  unit->arrive(1, {1, 1}, 3 * second);
  CHECK(!unit->time_left(1, 3 * second));
  unit->arrive(2, {1, 1}, 4 * second);
  unit->outage({10 * second, 100 * second, 90 * second}, 100 * second);
  CHECK(unit->time_left(1, 100 * second) == TimeLeft{54 * second, false});
  auto other = on_a_timed_page(Outage::time_goes_on);
  other->arrive(1, {1, 0}, 10 * second);
  CHECK(!other->outage({20 * second, 320 * second, 300 * second}, 321 * second).record);
  CHECK(other->time_out(321 * second).record);
}

TEST_CASE("where time goes on, a clock that was set forward meanwhile is not time") {
  auto unit = on_a_timed_page(Outage::time_goes_on);
  unit->arrive(1, {1, 0}, 10 * second);
  // Down for 20 s; the clock was set forward by an hour.
  CHECK(unit->outage({20 * second, 3640 * second, 20 * second}, 3640 * second).record);
  CHECK(unit->time_left(1, 3640 * second) == TimeLeft{30 * second, true});
  auto other = on_a_timed_page(Outage::stops_time);
  other->arrive(1, {1, 0}, 10 * second);
  other->outage({20 * second, 3640 * second, 20 * second}, 3640 * second);
  CHECK(other->time_left(1, 3640 * second) == TimeLeft{50 * second, true});
}

TEST_CASE("how long a server was down is told by the machine's uptime, not by its wall clock") {
  for (const auto set_by : {-3600s, 0s, 3600s}) {
    CAPTURE(set_by.count());
    VirtualClock clock;
    const std::string sign = Outages(clock, "").alive();
    clock.advance(60s);
    clock.set_by(set_by);
    Outages outages(clock, sign);
    CHECK(outages.check().lasted == 60 * second);
    CHECK(outages.check().until == clock.now());
    CHECK(outages.set_back() == (set_by < 0s ? 3600 * second : 0));
    const std::int64_t forward = set_by > 0s ? 3600 * second : 0;
    CHECK(outages.check().until - outages.check().from == 60 * second + forward);
  }
}

TEST_CASE("after a start of the machine the wall clock tells it, and one set back tells of none") {
  for (const bool set_back : {false, true}) {
    VirtualClock clock;
    const std::string sign = Outages(clock, "").alive();
    clock.advance(60s);
    clock.reboot();
    if (set_back) clock.set_by(-3600s);
    Outages outages(clock, sign);
    CHECK(outages.check().lasted == (set_back ? 0 : 60 * second));
    CHECK(outages.set_back() == (set_back ? 3540 * second : 0));
  }
}

TEST_CASE("an outage is what lies between two signs of life that are far apart") {
  VirtualClock clock;
  const std::int64_t start = clock.now();
  Outages after_a_stop(clock, std::to_string(start - 60 * second));
  CHECK(after_a_stop.check().from == start - 60 * second);
  CHECK(after_a_stop.check().until == start);
  Outages outages(clock, "");
  CHECK(outages.check().until == 0);
  clock.advance(1s);
  CHECK(outages.check().until == 0);
  outages.alive();
  clock.advance(90s);
  CHECK(outages.check().from == start + 1 * second);
  CHECK(outages.check().until == start + 91 * second);
  outages.alive();
  clock.advance(1s);
  CHECK(outages.check().until == start + 91 * second);
}

}  // namespace
