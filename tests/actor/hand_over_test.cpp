// Participants on their way from app to app: once, with all that is theirs, whatever ends when.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "storage/keys.h"
#include "tests/actor/killed_once.h"

// Asks one question, alone. Answer 9 skips the apps up to the last.
namespace asking {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> answer{this, "answer"};
};

void start(Group& group) {
  for (Player& player : group.players()) {
    player.participant().set("path", player.participant().get("path", "").as<std::string>() + "c1");
    player.participant().set("treatment", group.config("treatment"));
  }
}

void answered(Player& player) {
  player.payoff = player.answer.get();
  player.participant().set("answer", player.answer);
}

std::string skip(const Player& player, const std::vector<std::string>& upcoming) {
  return player.answer == 9 ? upcoming.back() : "";
}

AnyApp app() {
  return App<Group, Player>{.name = "asking",
                            .players_per_group = 1,
                            .creating_session = start,
                            .pages = {{.name = "Ask",
                                       .form = {&Player::answer},
                                       .before_next_page = answered,
                                       .app_after_this_page = skip}}};
}
}  // namespace asking

// Two who wait for each other, then play a live page.
namespace pairing {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> sum{this, "sum", 0};
  Field<int> settled{this, "settled", 0};
};
struct Player : PlayerIn<Group> {};

void start(Group& group) {
  for (Player& player : group.players()) {
    player.participant().set("path", player.participant().get("path").as<std::string>() + "c2");
  }
}

void settle(Group& group) { group.settled += 1; }

Reply add(Player& player, const Value& data) {
  player.group().sum += data.as<int>();
  return broadcast(player.group().sum);
}

void pay(Player& player) { player.payoff = player.group().sum.get(); }

AnyApp app() {
  return App<Group, Player>{
      .name = "pairing",
      .players_per_group = 2,
      .creating_session = start,
      .pages = {{.name = "Play", .live_method = add, .before_next_page = pay},
                wait_page({.name = "Wait", .after_all_players_arrive = settle})}};
}
}  // namespace pairing

namespace ending {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> first{this, "first", 0};
};

AnyApp app() {
  return App<Group, Player>{.name = "ending", .pages = {{.name = "Pay"}, {.name = "Bye"}}};
}
}  // namespace ending

namespace rialto::test {
namespace {

constexpr PageRef first_page{1, 0};

SessionConfig study(Value treatment) {
  return {.name = "study",
          .apps = {"asking", "pairing", "ending"},
          .values = {{"treatment", std::move(treatment)}}};
}

struct Study : UnitWorld {
  explicit Study(std::uint32_t participants = 2, Value treatment = "high")
      : UnitWorld({asking::app(), pairing::app(), ending::app()}, study(std::move(treatment)),
                  participants) {}

  UnitId unit_of(std::uint32_t index) const { return UnitId::of(1, index); }

  void send_submit(std::uint32_t who, const std::string& app, PageRef page = first_page,
                   Value values = Value::object()) {
    tell_directory(SubmitPage{40 + who, participants()[who - 1], app, page, {}, std::move(values)});
  }
  void answer(std::uint32_t who, int number) {
    send_submit(who, "asking", first_page, {{"answer", std::to_string(number)}});
    run();
  }
  // Where the participant is, as the page that is shown says: "pairing/Play".
  std::string page_of(std::uint32_t who) {
    heard.pages.clear();
    tell_directory(OpenPage{30 + who, participants()[who - 1]});
    settle();
    REQUIRE(heard.pages.size() == 1);
    const PageAnswer& answer = heard.pages[0];
    if (answer.status == PageStatus::finished) return answer.view.app + "/finished";
    CHECK(answer.status == PageStatus::page);
    return answer.view.app + "/" + answer.view.page;
  }
  Value participant(std::uint32_t who) {
    heard.pages.clear();
    tell_directory(OpenPage{30 + who, participants()[who - 1]});
    settle();
    return heard.pages.at(0).view.vars["participant"];
  }
  std::size_t count(UnitId unit, const std::string& code) const {
    std::size_t found = 0;
    for (const Record& record : records(unit)) found += record.code == code ? 1 : 0;
    return found;
  }
  bool is_due(std::uint32_t unit) const {
    return static_cast<bool>(store.get(keys::due(unit_of(unit))));
  }
};

}  // namespace

TEST_CASE("who leaves the last page of an app is answered with the first page of the next") {
  Study world;
  world.answer(1, 3);
  CHECK(world.heard.pages.empty());
  world.settle();
  REQUIRE(world.heard.pages.size() == 1);
  CHECK(world.heard.pages[0].request == 41);
  CHECK(world.heard.pages[0].view.app == "pairing");
  CHECK(world.heard.pages[0].view.page == "Play");
  CHECK(world.page_of(2) == "asking/Ask");
}

TEST_CASE("values and earnings go along, those that every app set at the start among them") {
  Study world;
  CHECK(world.participant(1)["path"] == "c1c2");
  CHECK(world.participant(1)["treatment"] == "high");
  world.answer(1, 3);
  world.settle();
  const Value there = world.participant(1);
  CHECK(there["answer"] == 3);
  CHECK(there["path"] == "c1c2");
  CHECK(there["payoff"] == Money(3));
  CHECK(there["code"] == world.participants()[0]);
  CHECK(there["id_in_session"] == 1);
}

TEST_CASE("what an app in the middle adds goes along to the next") {
  Study world;
  for (const std::uint32_t who : {1U, 2U}) {
    world.answer(who, 3);
    world.settle();
  }
  for (const std::uint32_t who : {1U, 2U}) {
    const PendingSend said{"load-x1234", 1, "pairing/1-0", 50};
    world.tell_directory(SubmitPage{
        6, world.participants()[who - 1], "pairing", first_page, {said}, Value::object()});
    world.settle();
  }
  CHECK(world.page_of(2) == "ending/Pay");
  CHECK(world.participant(1)["payoff"] == Money(3 + 50));
  CHECK(world.participant(2)["payoff"] == Money(3 + 100));
}

TEST_CASE("every app knows a participant's label") {
  Study world;
  CreateSession wish{2, "study", 2, false, {}, {}, {"pc01"}};
  world.tell_directory(wish);
  world.settle();
  const Value session = world.heard.sessions.back().result;
  CHECK(session["participants"][0]["label"] == "pc01");
  CHECK_FALSE(session["participants"][1].contains("label"));
  const auto code = session["participants"][0]["code"].as<std::string>();
  for (const char* app : {"asking", "pairing"}) {
    world.heard.pages.clear();
    world.tell_directory(OpenPage{3, code});
    world.settle();
    CHECK(world.heard.pages.at(0).view.app == app);
    CHECK(world.heard.pages.at(0).view.vars["participant"]["label"] == "pc01");
    world.tell_directory(SubmitPage{4, code, app, first_page, {}, {{"answer", "1"}}});
    world.settle();
  }
}

TEST_CASE("units are made for every app, and those of fixed groups keep their neighbours") {
  Study world(4);
  for (std::uint32_t who : {1U, 2U, 3U, 4U}) world.answer(who, 1);
  world.settle();
  for (std::uint32_t who : {1U, 2U, 3U, 4U}) {
    world.tell_directory(Join{who, world.participants()[who - 1], "pairing", first_page,
                              world.store.lineage(), 0, 0});
  }
  world.settle();
  REQUIRE(world.heard.joined.size() == 4);
  CHECK(world.heard.joined[0].unit == world.unit_of(4));
  CHECK(world.heard.joined[3].unit == world.unit_of(5));
  CHECK(world.heard.joined[3].player == 2);
  for (const Joined& joined : world.heard.joined) CHECK_FALSE(joined.stale);
}

TEST_CASE("who skips an app is waited for there by nobody, also after a restart") {
  for (const bool restarted : {false, true}) {
    Study world;
    world.answer(1, 9);
    world.settle();
    if (restarted) world.restart();
    CHECK(world.page_of(1) == "ending/Pay");
    world.answer(2, 1);
    world.settle();
    CHECK(world.page_of(2) == "pairing/Play");
    world.send_submit(2, "pairing");
    world.settle();
    CHECK(world.page_of(2) == "ending/Pay");
    CHECK(world.count(world.unit_of(2), "passed_by") == 1);
  }
}

TEST_CASE("an app that all skip knows it, wherever the server is killed on their way") {
  for (std::size_t commits = 0; commits < 10; ++commits) {
    Study world;
    for (const std::uint32_t who : {1U, 2U}) {
      world.send_submit(who, "asking", first_page, {{"answer", "9"}});
    }
    world.run();
    for (std::size_t i = 0; i < commits && !world.commits.waiting.empty(); ++i) {
      world.commits.commit_one();
      world.run();
    }
    world.restart();
    world.settle();
    for (const std::uint32_t who : {1U, 2U}) {
      if (world.page_of(who) == "asking/Ask") world.answer(who, 9);
      world.settle();
    }
    CHECK(world.page_of(1) == "ending/Pay");
    CHECK(world.count(world.unit_of(2), "passed_by") == 2);
    CHECK_FALSE(world.is_due(2));
  }
}

TEST_CASE("a stale tab's submit or hello of an app is never taken for a page of the next") {
  Study world;
  world.answer(1, 3);
  world.settle();
  const std::size_t before = world.records(world.unit_of(2)).size();
  world.heard.pages.clear();
  world.answer(1, 4);
  world.settle();
  REQUIRE(world.heard.pages.size() == 1);
  CHECK(world.heard.pages[0].view.app == "pairing");
  CHECK(world.participant(1)["answer"] == 3);
  world.tell_directory(
      Join{5, world.participants()[0], "asking", first_page, world.store.lineage(), 77, 77});
  world.settle();
  REQUIRE(world.heard.joined.size() == 1);
  CHECK(world.heard.joined[0].stale);
  CHECK_FALSE(world.heard.joined[0].history_lost);
  CHECK(world.records(world.unit_of(2)).size() <= before + 1);  // the arrival by `participant`
  CHECK(world.count(world.unit_of(2), "entered") == 1);
}

TEST_CASE("sends that a page of another app left behind are not done in this one") {
  Study world;
  world.answer(1, 3);
  world.settle();
  world.tell_directory(SubmitPage{6,
                                  world.participants()[0],
                                  "pairing",
                                  first_page,
                                  {{"load-x1234", 1, "asking/1-0", 50}},
                                  Value::object()});
  world.settle();
  CHECK(world.participant(1)["payoff"] == Money(3));
}

TEST_CASE(
    "a request that comes while the participant is on the way is answered where he is going") {
  Study world;
  world.answer(1, 3);
  world.tell_directory(OpenPage{9, world.participants()[0]});
  world.tell_directory(
      Join{5, world.participants()[0], "asking", first_page, world.store.lineage(), 0, 0});
  world.answer(1, 5);
  world.settle();
  REQUIRE(world.heard.pages.size() == 3);
  for (const PageAnswer& page : world.heard.pages) CHECK(page.view.app == "pairing");
  CHECK(world.heard.joined.at(0).stale);
  CHECK(world.count(world.unit_of(2), "entered") == 1);
}

TEST_CASE("nobody goes on before the record that lets them go is durable") {
  Study world;
  world.answer(1, 3);
  CHECK(world.records(world.unit_of(2)).size() == 1);
  CHECK(world.commits.waiting.size() == 1);  // that record alone: nobody has heard of it
  CHECK(world.heard.pages.empty());
  world.restart();  // nothing of it was committed
  CHECK(world.page_of(1) == "asking/Ask");
}

TEST_CASE(
    "a hand-over is kept due until it is taken, and comes again at the start though nobody does") {
  Study world;
  world.answer(1, 3);
  world.commits.commit_one();  // the record that lets go; the hand-over dies with the process
  CHECK(world.is_due(0));
  world.restart();
  world.settle();
  CHECK_FALSE(world.is_due(0));
  CHECK(world.count(world.unit_of(2), "entered") == 1);
  CHECK(world.store.get(keys::travel(1, 0)));
  world.restart();
  world.settle();
  CHECK(world.count(world.unit_of(2), "entered") == 1);
  CHECK(world.page_of(1) == "pairing/Play");
}

TEST_CASE(
    "a unit that never heard that its hand-over was taken hands over again, and nothing changes") {
  Study world;
  world.answer(1, 3);
  world.settle();
  const Write due{keys::due(world.unit_of(0)), {}};
  REQUIRE(world.store.write({&due, 1}));
  world.restart();
  world.settle();
  CHECK_FALSE(world.is_due(0));
  CHECK(world.count(world.unit_of(2), "entered") == 1);
  CHECK(world.page_of(1) == "pairing/Play");
}

TEST_CASE("a participant whose travel was lost with the disk's end is handed over when he asks") {
  Study world;
  world.answer(1, 3);
  world.settle();
  const Write lost{keys::travel(1, 0), {}, true};
  REQUIRE(world.store.write({&lost, 1}));
  world.restart();
  CHECK(world.page_of(1) == "pairing/Play");
  CHECK(world.store.get(keys::travel(1, 0)));
}

TEST_CASE("wherever the server is killed on the way through three apps, each step is done once") {
  int kills = 0;
  for (int commits = 0;; ++commits) {
    Study world;
    KilledOnce killing(world, commits);
    const auto insist = [&](std::uint32_t who, const std::string& page, const auto& submit) {
      for (int tries = 0; tries < 3 && world.page_of(who) == page; ++tries) {
        submit();
        killing.settle();
      }
      CHECK(world.page_of(who) != page);
    };
    for (const std::uint32_t who : {1U, 2U}) {
      insist(who, "asking/Ask", [&] { world.answer(who, static_cast<int>(who) + 2); });
    }
    for (const std::uint32_t who : {1U, 2U}) {
      insist(who, "pairing/Play", [&] { world.send_submit(who, "pairing"); });
    }
    for (const std::uint32_t who : {1U, 2U}) {
      CHECK(world.page_of(who) == "ending/Pay");
      CHECK(world.participant(who)["payoff"] == Money(static_cast<int>(who) + 2));
      CHECK(world.participant(who)["answer"] == static_cast<int>(who) + 2);
      CHECK(world.participant(who)["path"] == "c1c2");
    }
    CHECK(world.count(world.unit_of(2), "entered") == 2);
    CHECK(world.count(world.unit_of(3), "entered") == 2);
    CHECK(world.count(world.unit_of(2), "all_arrived") == 1);
    for (std::uint32_t unit = 0; unit < 4; ++unit) CHECK_FALSE(world.is_due(unit));
    kills += killing.killed() ? 1 : 0;
    if (!killing.killed()) break;
  }
  CHECK(kills >= 10);
}

TEST_CASE("deep values of a session and of who travels are read again though bounds were lowered") {
  Value deep;
  for (int more = 0; more < 60; ++more) deep = list(deep);
  Study world(2, deep);
  world.answer(1, 3);
  world.settle();
  world.limits.nesting = 2;
  world.restart();
  CHECK(world.page_of(1) == "pairing/Play");
  CHECK(world.participant(1)["treatment"] == deep);
  CHECK(world.page_of(2) == "asking/Ask");
}

TEST_CASE("an app that cannot read who is to come into it is not played without him") {
  Study world;
  world.answer(1, 3);
  world.settle();
  world.restart();
  world.store.damaged.insert(keys::travel(1, 0));
  world.tell_directory(OpenPage{31, world.participants()[0]});
  world.settle();
  CHECK(world.heard.pages.back().status == PageStatus::failed);
  CHECK(world.page_of(2) == "asking/Ask");
}

}  // namespace rialto::test
