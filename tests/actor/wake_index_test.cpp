#include <doctest/doctest.h>

#include "actors/app.h"
#include "storage/keys.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace stumbling {
using namespace rialto;

// Is what makes the hook fail still there?
bool broken = true;

struct Group : GroupOf<struct Player> {
  Field<int> settled{this, "settled", 0};
};
struct Player : PlayerIn<Group> {};

void settle(Group& group) {
  group.settled += 1;
  if (broken) throw std::runtime_error("the hook stumbles");
}

AnyApp app() {
  return App<Group, Player>{
      .name = "stumbling",
      .players_per_group = 2,
      .pages = {{.name = "Think", .timeout = 60s},
                wait_page({.name = "Wait", .after_all_players_arrive = settle}),
                {.name = "End"}},
  };
}

}  // namespace stumbling

namespace rialto::test {
namespace {

constexpr PageRef tally_page{1, 0};
constexpr PageRef timed_page{1, 1};
constexpr PageRef think{1, 0};

bool is_due(const UnitWorld& world) {
  return static_cast<bool>(world.store.get(keys::due(world.unit())));
}

std::size_t timeouts(const UnitWorld& world) {
  std::size_t count = 0;
  for (const Record& record : world.records()) count += record.code == "timeout" ? 1 : 0;
  return count;
}

// All three are on the page whose time is 60 seconds.
void go_to_timed_page(UnitWorld& world) {
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, tally_page);
  world.settle();
  world.send(1, {{"move", true}}, tally_page);
  world.settle();
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
  world.settle();
}

Value stuck(UnitWorld& world) {
  world.tell_directory(DescribeSessions{9, {}, false});
  world.settle();
  const auto code = world.heard.sessions.back().result[0]["code"].as<std::string>();
  world.tell_directory(DescribeSessions{10, code, false});
  world.settle();
  return world.heard.sessions.back().result["stuck"];
}

std::string session_code(UnitWorld& world) {
  world.tell_directory(DescribeSessions{9, {}, false});
  world.settle();
  return world.heard.sessions.back().result[0]["code"].as<std::string>();
}

// In the game's words.
std::string why_stuck(UnitWorld& world) {
  world.tell_directory(DescribeSessions{1, session_code(world), false, true});
  world.settle();
  return world.heard.sessions.back().result["stuck"][0].get("why", "");
}

}  // namespace

TEST_CASE("a page's time is up after a restart though nobody comes") {
  UnitWorld world(tally_app());
  go_to_timed_page(world);
  CHECK(is_due(world));
  world.restart();
  world.settle();
  world.advance(std::chrono::seconds(59));
  world.settle();
  CHECK(timeouts(world) == 0);
  world.advance(std::chrono::seconds(2));
  world.settle();
  CHECK(timeouts(world) == 1);
  CHECK_FALSE(is_due(world));
}

TEST_CASE("a time that passed while the server was down is up at its start though nobody comes") {
  UnitWorld world(tally_app());
  go_to_timed_page(world);
  world.clock.advance(std::chrono::seconds(600));
  world.restart();
  world.settle();
  world.advance(std::chrono::microseconds(1));
  world.settle();
  CHECK(timeouts(world) == 1);
}

TEST_CASE("what is due is written with the record that makes it so, and not by others") {
  UnitWorld world(tally_app());
  for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, tally_page);
  world.settle();
  world.send(1, 5, tally_page);
  CHECK(world.commits.waiting.front()->writes.size() == 1);
  world.settle();
  CHECK_FALSE(is_due(world));
  world.send(1, {{"move", true}},
             tally_page);  // to a page that does not wait for browsers for ever
  CHECK(world.commits.waiting.front()->writes.size() == 2);
  world.settle();
  CHECK(is_due(world));
  world.join(1, timed_page);
  CHECK(world.commits.waiting.front()->writes.size() == 1);
  for (std::uint32_t player : {2U, 3U}) world.join(player, timed_page);
  world.settle();
  CHECK(is_due(world));
  world.send(1, "again", timed_page);
  CHECK(world.commits.waiting.front()->writes.size() == 1);
}

TEST_CASE("wherever the server is killed, the time of a page is up once, though nobody comes") {
  for (int commits = 0;; ++commits) {
    UnitWorld world(tally_app());
    for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, tally_page);
    world.settle();
    world.send(1, {{"move", true}}, tally_page);
    world.settle();
    for (std::uint32_t player : {1U, 2U, 3U}) world.join(player, timed_page);
    bool killed = false;
    for (int done = 0; !killed && !world.commits.waiting.empty(); ++done) {
      killed = done == commits;
      if (!killed) world.commits.commit_one();
      if (!killed) world.run();
    }
    if (!killed) {
      world.advance(std::chrono::seconds(61));
      world.commits.commit_one();
    }
    world.restart();
    world.settle();
    for (int waits = 0; waits < 2; ++waits) {  // for those who have not come, then for the time
      world.advance(std::chrono::seconds(61));
      world.settle();
    }
    CHECK(timeouts(world) == 1);
    if (!killed) break;
  }
}

TEST_CASE(
    "a wait page whose hook has failed is shown as stuck, also after a restart, until a retry") {
  stumbling::broken = true;
  UnitWorld world(stumbling::app());
  for (std::uint32_t player : {1U, 2U}) world.submit(player, think);
  world.settle();
  CHECK(stuck(world) == list(Value{{"app", "stumbling"}, {"group", 1}}));
  CHECK(why_stuck(world) == "after_all_players_arrive: the hook stumbles");
  world.restart();
  world.settle();
  CHECK(stuck(world) == list(Value{{"app", "stumbling"}, {"group", 1}}));
  CHECK(why_stuck(world) == "after_all_players_arrive: the hook stumbles");

  world.tell_directory(RetrySession{1, session_code(world)});
  world.settle();
  CHECK(world.heard.sessions.back().result["retried"] == 1);
  CHECK(stuck(world).size() == 1);

  stumbling::broken = false;
  world.tell_directory(RetrySession{2, session_code(world)});
  world.settle();
  CHECK(stuck(world).empty());
  CHECK_FALSE(is_due(world));
  CHECK_FALSE(world.store.get(keys::why_stuck(world.unit())));
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.back().view.page == "End");
  world.tell_directory(RetrySession{3, session_code(world)});
  world.settle();
  CHECK(world.heard.sessions.back().result["retried"] == 0);
}

TEST_CASE("a group's time ends when all have left its page") {
  UnitWorld world(tally_app());
  go_to_timed_page(world);
  CHECK(is_due(world));
  for (std::uint32_t player : {1U, 2U, 3U}) world.submit(player, timed_page);
  world.settle();
  CHECK_FALSE(is_due(world));
  world.advance(std::chrono::seconds(61));
  world.settle();
  CHECK(timeouts(world) == 0);
}

TEST_CASE("a retry is confirmed when it is durable") {
  stumbling::broken = true;
  UnitWorld world(stumbling::app());
  for (std::uint32_t player : {1U, 2U}) world.submit(player, think);
  world.settle();
  const std::string code = session_code(world);
  stumbling::broken = false;
  const std::size_t answers = world.heard.sessions.size();
  world.tell_directory(RetrySession{1, code});
  world.run();
  CHECK(world.heard.sessions.size() == answers);
  world.settle();
  CHECK(world.heard.sessions.size() == answers + 1);
  world.restart();
  world.settle();
  CHECK(stuck(world).empty());
}

TEST_CASE("a page of another app is not this one: its submit shows the page, its hello is stale") {
  UnitWorld world(stumbling::app());
  const std::string alice = world.participants()[0];
  world.tell_directory(SubmitPage{1, alice, "survey", think, {}, Value::object()});
  world.settle();
  REQUIRE(world.heard.pages.size() == 1);
  CHECK(world.heard.pages[0].view.page == "Think");
  world.tell_directory(Join{7, alice, "survey", think, world.store.lineage(), 90, 90});
  world.settle();
  CHECK(world.heard.joined.at(0).stale);
  CHECK_FALSE(world.heard.joined.at(0).history_lost);
  for (const Record& record : world.records()) CHECK(record.code != "arrived");
}

TEST_CASE("a session whose app this server does not have is answered, and disturbs nobody") {
  UnitWorld world(tally_app());
  go_to_timed_page(world);
  std::string stored = *world.store.get(keys::session(1));
  for (std::size_t at; (at = stored.find("\"tally\"")) != std::string::npos;) {
    stored.replace(at, 7, "\"gone\"");
  }
  const Write changed{keys::session(1), stored};
  REQUIRE(world.store.write({&changed, 1}));
  world.restart();
  world.open_page(1);
  world.settle();
  CHECK(world.heard.pages.at(0).status == PageStatus::failed);
}

}  // namespace rialto::test
