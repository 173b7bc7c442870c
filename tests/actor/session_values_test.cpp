// Values of the session that its groups, each played apart, read and write.
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "actors/app.h"
#include "actors/verify_session.h"
#include "storage/keys.h"
#include "tests/actor/killed_once.h"

namespace rialto::test {
namespace shared {

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> seen{this, "seen", 0};
};

void begin(Group& group) {
  group.session().add("groups", 1);
  group.player(1).seen = group.session().get("groups").as<int>();
}

Reply play(Player& player, const Value& data) {
  SessionValues& session = player.session();
  if (data.contains("add")) session.add("count", data["add"]);
  if (data.contains("set")) session.set("word", data["set"]);
  if (data.contains("fail")) throw std::runtime_error("the game's own fault");
  if (data.contains("unless") && session.has("word")) throw BadMessage("there is a word");
  return transient(to(player, session.vars()));
}

AnyApp app() {
  return App<Group, Player>{
      .name = "shared",
      .players_per_group = 1,
      .creating_session = begin,
      .pages = {{.name = "Play", .live_method = play}},
  };
}

}  // namespace shared

namespace {

struct Shared : UnitWorld {
  Shared() : UnitWorld(shared::app(), 3) {}

  static UnitId unit_of(std::uint32_t who) { return UnitId::of(1, who - 1); }

  void come(std::uint32_t who) {
    join(who, {1, 0});
    settle();
  }
  // What it says is not committed yet.
  void send(std::uint32_t who, Value data) {
    if (!numbers.contains(who)) come(who);
    send_numbered_to(who, ++numbers[who], std::move(data));
  }
  void send_numbered_to(std::uint32_t who, std::uint64_t number, Value data) {
    auto inputs = std::make_shared<Inputs>();
    inputs->inputs.push_back(
        {who, 1, {1, 0}, "load-" + std::to_string(who), number, std::move(data)});
    tell_unit_of(who, inputs);
    run();
  }
  // What the session's values are to this one now.
  Value seen_by(std::uint32_t who) {
    heard.releases.clear();
    send(who, {{"look", true}});
    settle();
    return Value::parse(heard.payloads().back());
  }
  std::size_t waiting_writes() const {
    std::size_t count = 0;
    const auto visit = [&](std::string_view, std::string_view) {
      ++count;
      return true;
    };
    REQUIRE(store.scan(keys::session_state(1) + '\0', keys::session_writes_end(1), visit));
    return count;
  }
  Verified verified() {
    const std::vector<AnyApp> apps{shared::app()};
    const std::vector<SessionConfig> configs{{.name = "shared", .apps = {"shared"}}};
    SessionBook book(apps, configs, limits);
    REQUIRE(book.load(store));
    auto outcome = verify_session(store, book, *book.of(unit_of(1)), Builds::any);
    REQUIRE(outcome);
    return *outcome;
  }

  std::map<std::uint32_t, std::uint64_t> numbers;
};

}  // namespace

TEST_CASE("what one group writes into the session all others read once it is durable") {
  Shared world;
  CHECK_FALSE(world.seen_by(2).contains("word"));
  world.come(1);
  world.heard.releases.clear();
  world.send(1, {{"set", "hello"}});
  world.send(2, {{"look", true}});  // nothing of it is durable yet
  world.settle();
  CHECK_FALSE(Value::parse(world.heard.payloads().back()).contains("word"));
  CHECK(world.seen_by(2)["word"] == "hello");
  CHECK(world.seen_by(3)["word"] == "hello");
  world.restart();
  world.come(3);
  CHECK(world.seen_by(3)["word"] == "hello");
  CHECK(world.waiting_writes() == 0);
}

TEST_CASE("who writes into the session sees it at once, and others' writes with it") {
  Shared world;
  world.send(2, {{"add", 10}});
  world.settle();
  world.come(1);
  world.heard.releases.clear();
  world.send(1, {{"add", 1}});
  world.send(1, {{"add", 1}});
  world.settle();
  CHECK(Value::parse(world.heard.payloads().at(0))["count"] == 11);
  CHECK(Value::parse(world.heard.payloads().at(1))["count"] == 12);
}

TEST_CASE("what several groups add to a value of the session at the same time is all in it") {
  Shared world;
  for (const std::uint32_t who : {1U, 2U, 3U}) world.come(who);
  for (int turn = 0; turn < 5; ++turn) {
    for (const std::uint32_t who : {1U, 2U, 3U}) world.send(who, {{"add", 1}});
  }
  world.settle();
  CHECK(world.seen_by(1)["count"] == 15);
}

TEST_CASE("a handler that fails has written nothing into the session") {
  Shared world;
  world.send(1, {{"set", "never"}, {"fail", true}});
  world.settle();
  CHECK_FALSE(world.seen_by(1).contains("word"));
  CHECK_FALSE(world.seen_by(2).contains("word"));
}

TEST_CASE("wherever the process ends, what was written into the session is in it once") {
  std::size_t kills = 0;
  for (int commits = 0; commits < 30; ++commits) {
    CAPTURE(commits);
    Shared world;
    KilledOnce killing(world, commits);
    for (const std::uint32_t who : {1U, 2U, 1U}) {
      const std::uint64_t number = ++world.numbers[who];
      for (int tries = 0; tries < 4; ++tries) {  // as a browser does: the same again
        world.join(who, {1, 0});
        killing.settle();
        if (!world.has_unit_of(who)) continue;
        world.send_numbered_to(who, number, {{"add", 1}});
        killing.settle();
      }
    }
    CHECK(world.seen_by(3)["count"] == 3);
    CHECK(world.waiting_writes() == 0);
    CHECK(world.verified().differences.empty());
    kills += killing.killed() ? 1 : 0;
    if (!killing.killed()) break;
  }
  CHECK(kills >= 6);
}

TEST_CASE(
    "what creating_session writes is there for the groups that are made after it, and for all") {
  Shared world;
  for (const std::uint32_t who : {1U, 2U, 3U}) CHECK(world.seen_by(who)["groups"] == 3);
  const Verified verified = world.verified();
  CHECK(verified.differences.empty());
  CHECK(verified.same == 9);  // made, come, looked
}

TEST_CASE("a step that has read the session is played again as it saw it, a refused one too") {
  Shared world;
  world.send(2, {{"unless", true}});
  world.settle();
  world.send(1, {{"set", "stop"}});
  world.settle();
  world.heard.releases.clear();
  world.send(2, {{"unless", true}});
  world.settle();
  REQUIRE(world.heard.outcomes().size() == 1);
  CHECK(world.heard.outcomes()[0].code == "bad_message");
  world.send(2, {{"add", 1}});
  world.send(1, {{"add", 1}, {"fail", true}});
  world.send(3, {{"look", true}});
  world.settle();
  const Verified verified = world.verified();
  CHECK(verified.differences.empty());
  CHECK(verified.same >= 9);
  // And it would be noticed.
  std::vector<Record> all = world.records(Shared::unit_of(2));
  const auto refused = std::ranges::find(all, "bad_message", &Record::code);
  REQUIRE(refused != all.end());
  refused->changes.clear();
  std::string block;
  encode(*refused, block);
  const Write changed{keys::records(Shared::unit_of(2), refused->sequence), std::move(block)};
  REQUIRE(world.store.write({&changed, 1}));
  CHECK(world.verified().differences.size() == 1);
}

TEST_CASE("a session's values are bounded, and the game is told") {
  Shared world;
  world.limits.session_values = 1000;
  world.restart();
  world.send(1, {{"set", std::string(2000, 'x')}});
  world.settle();
  REQUIRE(world.heard.outcomes().size() == 1);
  CHECK(world.heard.outcomes()[0].code == "app_error");
  CHECK_FALSE(world.seen_by(2).contains("word"));
}

TEST_CASE(
    "in a store whose newest records were lost, what is written into the session still counts") {
  Shared world;
  for (int turn = 0; turn < 3; ++turn) world.send(1, {{"add", 1}});
  world.settle();
  REQUIRE(world.seen_by(2)["count"] == 3);
  const std::uint64_t kept = 3;  // as salvage keeps them: all before a gap
  std::vector<Write> lost;
  for (const Record& record : world.records(Shared::unit_of(1))) {
    if (record.sequence <= kept) continue;
    lost.push_back({keys::records(Shared::unit_of(1), record.sequence), {}, true});
  }
  REQUIRE(world.store.write(lost));
  REQUIRE(world.records(Shared::unit_of(1)).size() == kept);
  world.restart();
  world.come(1);
  world.numbers[1] = 1;
  world.send(1, {{"add", 1}});
  world.settle();
  world.come(2);
  CHECK(world.seen_by(2)["count"] == 4);
}

TEST_CASE("sums that several groups make too large stop nobody, and no server") {
  for (const Value& most : {Value(std::int64_t{1} << 53U), Value(1.5e308)}) {
    CAPTURE(most);
    Shared world;
    for (const std::uint32_t who : {1U, 2U, 3U}) world.come(who);
    for (const std::uint32_t who : {1U, 2U, 3U}) world.send(who, {{"add", most}});
    world.settle();
    CHECK(world.seen_by(1)["count"] == most);
    CHECK(world.waiting_writes() == 0);
    world.restart();
    world.come(2);
    CHECK(world.seen_by(2)["count"] == most);
  }
}

TEST_CASE("writes that cannot be read take their session, not the server") {
  Shared world;
  const Write strange{keys::session_write(Shared::unit_of(1), 2), "no writes"};
  REQUIRE(world.store.write({&strange, 1}));
  world.restart();
  world.tell_directory(DescribeSessions{1, {}, false});
  world.settle();
  CHECK(world.heard.sessions.at(0).result[0].contains("unplayable"));
}

}  // namespace rialto::test
