// Who is gone, as actors see it: what is stored survives a restart though nobody comes, the
// experimenter's commands take effect once, a closed session stands still.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "storage/keys.h"
#include "tests/actor/unit_world.h"

namespace absent {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> dropped{this, "dropped", 0};
};
struct Player : PlayerIn<Group> {};

void note_drop(Player& player) { player.group().dropped += 1; }

AnyApp app(const char* name) {
  return App<Group, Player>{
      .name = name,
      .players_per_group = 2,
      .pages = {{.name = "Think", .timeout = 60s},
                wait_page({.name = "Wait"}),
                {.name = "End", .timeout = 60s}},
      .on_drop = note_drop,
  };
}

}  // namespace absent

namespace rialto::test {
namespace {

constexpr PageRef think{1, 0};
constexpr PageRef end{1, 2};

struct Lab : UnitWorld {
  Lab() : UnitWorld(absent::app("first")) { begin(); }
  Lab(std::vector<AnyApp> apps, SessionConfig config)
      : UnitWorld(std::move(apps), std::move(config)) {
    begin();
  }
  void begin() {
    tell_directory(DescribeSessions{9, {}, false});
    settle();
    code = heard.sessions.back().result[0]["code"].as<std::string>();
  }
  SessionAnswer answer() {
    settle();
    return heard.sessions.back();
  }
  SessionAnswer move(std::uint32_t player, MoveParticipant::How how, std::string page = {}) {
    tell_directory(MoveParticipant{11, code, participants()[player - 1], how, std::move(page)});
    return answer();
  }
  SessionAnswer drop(std::uint32_t player) { return move(player, MoveParticipant::How::drop); }
  SessionAnswer advance_one(std::uint32_t player) {
    return move(player, MoveParticipant::How::advance);
  }
  SessionAnswer close() {
    tell_directory(CloseSession{12, code});
    return answer();
  }
  SessionAnswer reopen() {
    tell_directory(ReopenSession{13, code});
    return answer();
  }
  Value places() {
    tell_directory(DescribeSessions{14, code, false, true});
    return answer().result;
  }
  PageView page(std::uint32_t player) {
    open_page(player);
    settle();
    return heard.pages.back().view;
  }
  PageStatus status(std::uint32_t player) {
    open_page(player);
    settle();
    return heard.pages.back().status;
  }
  void pass(std::chrono::microseconds time) {
    advance(time);
    settle();
  }
  std::size_t count(const std::string& event, UnitId in) const {
    std::size_t found = 0;
    for (const Record& record : records(in)) found += record.code == event ? 1 : 0;
    return found;
  }

  std::string code;
};

Lab two_apps() {
  return Lab({absent::app("first"), absent::app("second")},
             {.name = "both", .apps = {"first", "second"}});
}

}  // namespace

TEST_CASE(
    "a page pushed to somebody starts and ends by itself, also after a restart to which nobody "
    "comes") {
  Lab lab;
  lab.page(1);
  lab.page(2);
  lab.submit(1, think);
  lab.settle();
  lab.pass(62s);  // the second one has gone: his time is up, and both are on the last page
  CHECK(lab.records().back().code == "all_arrived");
  CHECK(lab.store.get(keys::due(lab.unit())));
  lab.restart();
  lab.settle();
  lab.pass(10s);
  CHECK(lab.count("away", lab.unit()) == 2);
  lab.pass(62s);
  CHECK(lab.status(2) == PageStatus::finished);
}

TEST_CASE("the time of a page ends with the page") {
  Lab lab;
  lab.page(1);
  lab.submit(1, think);
  lab.settle();
  const std::size_t records = lab.records().size();
  lab.pass(600s);  // the other one has not come: nothing else is timed
  CHECK(lab.records().size() == records);
  CHECK_FALSE(lab.store.get(keys::due(lab.unit())));
}

TEST_CASE("who is dropped is waited for in no app, and each game hears of it once") {
  Lab lab = two_apps();
  lab.page(1);
  lab.page(2);
  CHECK(lab.drop(2).result["did"] == "dropped");
  CHECK(lab.drop(2).result["did"] == "nothing");
  lab.restart();
  lab.settle();
  CHECK(lab.drop(2).result["did"] == "nothing");
  const UnitId second = UnitId::of(1, 1);
  CHECK(lab.count("dropped", lab.unit()) == 1);
  CHECK(lab.count("dropped", second) == 1);
  CHECK(lab.status(2) == PageStatus::dropped);
  lab.submit(1, think);
  lab.settle();
  CHECK(lab.page(1).page == "End");
  lab.submit(1, end);
  lab.settle();
  CHECK(lab.page(1).app == "second");
  CHECK(lab.page(1).bereft);
}

TEST_CASE("the experimenter moves on whom he sees, and nobody who has gone on meanwhile") {
  Lab lab;
  CHECK(lab.advance_one(1).result["did"] == "begun");
  CHECK(lab.move(1, MoveParticipant::How::advance, "first/1-2").result["did"] == "nothing");
  CHECK(lab.move(1, MoveParticipant::How::advance, "first/1-0").result["did"] == "advanced");
  CHECK(lab.advance_one(1).result["why"] == "is on a wait page");
  const Value shown = lab.places();
  CHECK(shown["participants"][0]["page"] == "Wait");
  CHECK(shown["participants"][0]["waits_for"] == list(lab.participants()[1]));
  CHECK(shown["participants"][0]["away"] == true);
  CHECK(shown["participants"][1]["not_come"] == true);
  CHECK(shown["participants"][1]["present"] == false);
}

TEST_CASE("the experimenter sees who is there") {
  Lab lab;
  lab.join(1, think);
  lab.settle();
  CHECK(lab.places()["participants"][0]["present"] == true);
  lab.leave(1);
  lab.settle();
  CHECK(lab.places()["participants"][0]["present"] == false);
}

TEST_CASE("a closed session stands still, tells every window, and goes on where it stood") {
  Lab lab;
  lab.join(1, think);
  lab.join(2, think);
  lab.settle();
  lab.pass(50s);
  CHECK(lab.close().result["closed"] == true);
  lab.settle();
  CHECK(lab.heard.closed == std::vector<UnitId>{lab.unit()});
  const std::size_t records = lab.records().size();
  CHECK(lab.status(1) == PageStatus::closed);
  lab.submit(1, think);
  lab.settle();
  CHECK(lab.heard.pages.back().status == PageStatus::closed);
  lab.send(1, 5, think);
  lab.settle();
  CHECK(lab.heard.outcomes().back().code == "closed");
  lab.pass(600s);
  CHECK(lab.drop(2).error.find("closed") != std::string::npos);
  lab.restart();
  lab.settle();
  lab.pass(600s);
  CHECK(lab.records().size() == records);
  CHECK(lab.reopen().result["closed"] == false);
  lab.settle();
  CHECK(lab.records().back().code == "reopened");
  CHECK(lab.page(1).left == TimeLeft{10'000'000, true});
  lab.restart();  // it was closed once
  lab.settle();
  CHECK(lab.page(1).left == TimeLeft{10'000'000, true});
  lab.pass(11s);
  CHECK(lab.page(1).page == "Think");
  lab.pass(1s);
  CHECK(lab.page(1).page == "End");
  CHECK(lab.reopen().error.find("is open") != std::string::npos);
}

}  // namespace rialto::test
