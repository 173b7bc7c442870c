#include "actors/directory.h"

#include <doctest/doctest.h>

#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {
namespace {

std::string code_of(const SessionAnswer& answer) { return answer.result["code"].as<std::string>(); }

}  // namespace

TEST_CASE("a session is announced only once it is durable") {
  UnitWorld world(tally_app());
  world.heard.sessions.clear();
  world.tell_directory(CreateSession{2, "tally", 6, false, {}, {}, {}});
  world.run();
  CHECK(world.heard.sessions.empty());
  world.settle();
  REQUIRE(world.heard.sessions.size() == 1);
  CHECK(world.heard.sessions[0].result["participants"].size() == 6);
}

TEST_CASE("the same idempotency key gives the same session, also after a restart") {
  UnitWorld world(tally_app());
  world.heard.sessions.clear();
  world.tell_directory(CreateSession{2, "tally", 3, false, "monday", {}, {}});
  world.tell_directory(CreateSession{3, "tally", 3, false, "monday", {}, {}});
  world.settle();
  const std::string code = code_of(world.heard.sessions.at(0));
  CHECK(code_of(world.heard.sessions.at(1)) == code);
  world.restart();
  world.tell_directory(CreateSession{4, "tally", 3, false, "monday", {}, {}});
  world.settle();
  CHECK(code_of(world.heard.sessions.at(0)) == code);
}

TEST_CASE("a session that makes no sense is refused with what is allowed") {
  UnitWorld world(tally_app());
  world.heard.sessions.clear();
  world.tell_directory(CreateSession{2, "chess", 2, false, {}, {}, {}});
  world.tell_directory(CreateSession{3, "tally", 4, false, {}, {}, {}});
  world.settle();
  CHECK(world.heard.sessions.at(0).error.find("there are: tally") != std::string::npos);
  CHECK(world.heard.sessions.at(1).error.find("groups of 3") != std::string::npos);
}

TEST_CASE(
    "everyone who comes by the session-wide link gets a place of their own, until all are taken") {
  UnitWorld world(tally_app());
  const std::string code = code_of(world.heard.sessions.at(0));
  std::vector<std::string> given;
  for (std::uint64_t visitor = 0; visitor < 4; ++visitor) {
    if (visitor == 2) world.restart();
    world.heard.sessions.clear();
    world.tell_directory(ClaimSeat{visitor, code});
    world.settle();
    const SessionAnswer& answer = world.heard.sessions.at(0);
    if (answer.error.empty()) given.push_back(answer.result["participant"].as<std::string>());
  }
  CHECK(given == world.participants());
}

TEST_CASE("a participant that nobody knows gets an answer that says so") {
  UnitWorld world(tally_app());
  world.tell_directory(OpenPage{1, "nobody"});
  world.tell_directory(SubmitPage{2, "nobody", "tally", {}, {}, {}});
  world.tell_directory(Join{3, "nobody", "tally", {}, {}, 0, 0});
  world.settle();
  REQUIRE(world.heard.pages.size() == 2);
  CHECK(world.heard.pages[0].status == PageStatus::not_found);
  CHECK(world.heard.pages[1].status == PageStatus::not_found);
  CHECK(world.heard.joined.at(0).status == PageStatus::not_found);
}

}  // namespace rialto::test
