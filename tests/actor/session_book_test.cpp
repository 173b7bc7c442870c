#include "actors/session_book.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "storage/keys.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {
namespace {

// The stored session as it was written when a session had one app and no config.
std::string in_old_form(const std::string& stored) {
  const Value now = Value::parse(stored, 64);
  Value old = Value::object();
  for (const auto& [key, value] : now.members()) {
    if (key == "config") {
      old.set("app", value);
    } else if (key != "apps" && key != "values") {
      old.set(key, value);
    }
  }
  old.set("config", Value::object());
  return old.dump();
}

// Until the first of it is to be stored: participants are drawn in several turns.
void begin_making(UnitWorld& world, std::uint32_t participants) {
  world.tell_directory(CreateSession{1, "tally", participants, false, {}, {}, {}, {}});
  world.run();
  while (world.commits.waiting.empty()) world.advance(std::chrono::milliseconds(1));
}

}  // namespace

TEST_CASE("a session of a store that knew one app a session is played on") {
  UnitWorld world(tally_app(), 6);
  const auto stored = world.store.get(keys::session(1));
  REQUIRE(stored);
  const Write old{keys::session(1), in_old_form(*stored)};
  REQUIRE(world.store.write({&old, 1}));
  world.restart();
  for (std::uint32_t player = 1; player <= 6; ++player) world.open_page(player);
  world.settle();
  REQUIRE(world.heard.pages.size() == 6);
  for (const PageAnswer& page : world.heard.pages) CHECK(page.status == PageStatus::page);
  world.tell_directory(DescribeSessions{1, {}, false});
  world.settle();
  const Value session = world.heard.sessions.back().result[0];
  CHECK(session["config"] == "tally");
  CHECK(session["participants"][4]["unit"] == 1);
  CHECK(session["participants"][4]["player"] == 2);
}

TEST_CASE("a list of sessions comes in pieces, newest first, each once") {
  UnitWorld world(tally_app());
  std::vector<std::string> codes;
  for (int made = 0; made < 5; ++made) {
    world.tell_directory(CreateSession{1, "tally", 600, false, {}, {}, {}, {}});
    world.settle();
    codes.push_back(world.heard.sessions.back().result["code"].as<std::string>());
  }
  std::vector<std::string> listed;
  DescribeSessions question{2};
  for (;;) {
    world.tell_directory(question);
    world.settle();
    const Value piece = world.heard.sessions.back().result;
    CHECK(piece.size() <= 2);  // 600 participants each, about 1,000 a piece
    if (piece.empty()) break;
    for (const Value& session : piece) listed.push_back(session["code"].as<std::string>());
    question.after = listed.back();
  }
  std::reverse(codes.begin(), codes.end());
  REQUIRE(listed.size() >= codes.size());
  CHECK(std::equal(codes.begin(), codes.end(), listed.begin()));
  question.after = "nobody";
  world.tell_directory(question);
  world.settle();
  CHECK(world.heard.sessions.back().error == "there is no session nobody");
}

TEST_CASE("a large session is stored in pieces, and said to be there after the last") {
  UnitWorld world(tally_app());
  world.heard.sessions.clear();
  begin_making(world, 6000);
  int pieces = 0;
  while (world.heard.sessions.empty()) {
    REQUIRE(world.commits.waiting.size() == 1);
    CHECK(world.commits.waiting.front()->writes.size() <= 514);
    // What others wait for goes in between.
    world.tell_directory(AskHealth{2});
    world.run();
    CHECK(world.commits.waiting.size() == 2);
    world.commits.commit_one();
    world.commits.commit_one();
    world.run();
    std::erase_if(world.heard.sessions,
                  [](const SessionAnswer& heard) { return heard.request == 2; });
    ++pieces;
  }
  CHECK(pieces > 3);
  const SessionAnswer made = world.heard.sessions.back();
  CHECK(made.result["participants"].size() == 6000);
  CHECK(made.result["stuck"].empty());
  CHECK(!world.store.get(keys::meta("erasing 2")));
  world.restart();
  world.heard.sessions.clear();
  world.tell_directory(DescribeSessions{3, made.result["code"].as<std::string>()});
  int turns = 0;
  for (world.run(); world.commits.waiting.empty(); ++turns)
    world.advance(std::chrono::milliseconds(1));
  CHECK(turns == 5);  // a thousand participants a turn
  world.settle();
  CHECK(world.heard.sessions.back().result["participants"].size() == 6000);
}

TEST_CASE("of a large session that was not made to its end nothing is said, and a note is left") {
  UnitWorld world(tally_app());
  begin_making(world, 6000);
  world.commits.commit_one();
  world.run();
  world.commits.commit_one();
  world.restart();
  world.tell_directory(DescribeSessions{2});
  world.settle();
  CHECK(world.heard.sessions.back().result.size() == 1);  // the world's own
  CHECK(world.store.get(keys::meta("erasing 2")));        // finish_erasures takes the rest away
  world.tell_directory(CreateSession{3, "tally", 3, false, {}, {}, {}, {}});
  world.settle();
  const std::string code = world.heard.sessions.back().result["code"].as<std::string>();
  CHECK(Value::parse(*world.store.get(keys::session(3)), 64)["code"] == code);  // no number twice
}

}  // namespace rialto::test
