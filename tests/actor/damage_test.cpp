// What of the store cannot be read takes who needs it, says so, and takes nobody else.
#include <doctest/doctest.h>

#include "storage/keys.h"
#include "tests/actor/joined_tally.h"

namespace rialto::test {
namespace {

// As many additions as records, the first of them older than the newest snapshot.
struct Long : Joined3 {
  Long() {
    limits.snapshot_every = 8;
    restart();
    join(1);
    for (int more = 0; more < 30; ++more) {
      send(1, 1);
      settle();
    }
    restart();
    join(1);
    join(2);
    settle();
  }

  void damage(std::size_t record) {
    store.damaged.insert(keys::records(unit(), records().at(record).sequence));
  }
};

PageStatus open_page(UnitWorld& world, std::uint32_t participant) {
  world.heard.pages.clear();
  world.tell_directory(OpenPage{1, world.participants().at(participant - 1)});
  world.settle();
  return world.heard.pages.at(0).status;
}

}  // namespace

TEST_CASE(
    "a step that needs rows which cannot be read is not taken, whatever the game makes of it") {
  for (const char* const question : {"rows", "guess"}) {
    CAPTURE(question);
    Long world;
    const std::uint64_t head = world.records().back().sequence;
    world.damage(5);
    world.send(1, 1);
    world.send(2, {{question, true}});
    world.send(1, 1);
    world.settle();
    const std::vector<Outcome> outcomes = world.heard.outcomes();
    REQUIRE(outcomes.size() == 3);
    CHECK(outcomes[0].code.empty());
    CHECK(outcomes[1].code == "app_error");
    CHECK(outcomes[2].code == "app_error");
    CHECK(world.heard.payloads() == Texts{"31"});
    CHECK(world.store.get(keys::records(world.unit(), head + 1)));
    CHECK_FALSE(world.store.get(keys::records(world.unit(), head + 2)));
    CHECK(open_page(world, 1) == PageStatus::failed);
  }
}

TEST_CASE(
    "who comes with a cursor that cannot be looked up is told so, not that history was lost") {
  Long world;
  const Record seen = world.records().at(5);
  world.damage(5);
  world.tell_directory(Join{2, world.participants()[1], "tally", tally_page, world.store.lineage(),
                            0, seen.sequence, seen.sequence, seen.time / 1000});
  world.settle();
  CHECK(world.heard.joined.back().status == PageStatus::failed);
  CHECK_FALSE(world.heard.joined.back().history_lost);
}

TEST_CASE("a session of which it cannot be read who has come is not played; all others are") {
  UnitWorld world(tally_app());
  world.tell_directory(CreateSession{1, "tally", 3, false, {}, {}, {}, {}});
  world.settle();
  const auto code = world.heard.sessions.back().result["code"].as<std::string>();
  world.tell_directory(ClaimSeat{2, code, {}, {}});
  world.settle();
  const auto seated = world.heard.sessions.back().result["participant"].as<std::string>();
  world.store.damaged.insert(keys::claim(2, 0));
  world.restart();
  CHECK(open_page(world, 1) == PageStatus::page);
  world.heard.pages.clear();
  world.heard.sessions.clear();
  world.tell_directory(OpenPage{1, seated});
  world.tell_directory(ClaimSeat{2, code, {}, {}});
  world.tell_directory(DescribeSessions{3, code});
  world.settle();
  CHECK(world.heard.pages.at(0).status == PageStatus::failed);
  REQUIRE(world.heard.sessions.size() == 2);
  CHECK(world.heard.sessions[0].result["failed"] == true);
  CHECK(world.heard.sessions[1].result["unplayable"].as<std::string>().find("000007.sst") !=
        std::string::npos);
}

TEST_CASE("a snapshot that cannot be read takes nothing away, nor does what says who is due") {
  Long world;
  world.store.damaged.insert(keys::snapshot(world.unit()));
  world.store.damaged.insert(keys::due(world.unit()));
  world.restart();
  CHECK(open_page(world, 1) == PageStatus::page);
  world.join(1);
  world.send(1, 1);
  world.settle();
  CHECK(world.heard.outcomes().back().code.empty());
  CHECK(world.heard.payloads().back() == "31");
}

TEST_CASE("a session whose description cannot be read is not there; all others are, and new ones") {
  UnitWorld world(tally_app());
  const auto create = [&](std::uint64_t request) {
    world.heard.sessions.clear();
    world.tell_directory(CreateSession{request, "tally", 3, false, {}, {}, {}, {}});
    world.settle();
    return world.heard.sessions.back().result["number"].as<std::uint32_t>();
  };
  CHECK(create(1) == 2);
  CHECK(create(2) == 3);
  world.store.damaged.insert(keys::session(2));
  world.restart();
  CHECK(open_page(world, 1) == PageStatus::page);
  const std::uint32_t fresh = create(3);
  CHECK(fresh > 3);
  world.restart();
  world.heard.sessions.clear();
  world.tell_directory(DescribeSessions{4, {}});
  world.settle();
  std::vector<std::uint32_t> numbers;
  for (const Value& each : world.heard.sessions.back().result.items()) {
    numbers.push_back(each["number"].as<std::uint32_t>());
  }
  CHECK(numbers == std::vector<std::uint32_t>{fresh, 3, 1});
  CHECK(create(5) > fresh);
}

}  // namespace rialto::test
