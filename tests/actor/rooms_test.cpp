// Rooms: which session a room has, who waits there, whose seat is whose.
#include <doctest/doctest.h>

#include "actors/room_presence.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {
namespace {

using namespace std::chrono_literals;

// The answer to one message to the directory.
template <class Message>
SessionAnswer ask(UnitWorld& world, Message message) {
  world.heard.sessions.clear();
  world.tell_directory(std::move(message));
  world.settle();
  return world.heard.sessions.at(0);
}

SessionAnswer create_in(UnitWorld& world, const std::string& room, const std::string& key = {}) {
  return ask(world, CreateSession{1, "tally", 3, false, key, {}, {}, room});
}

SessionAnswer enter(UnitWorld& world, const std::string& label, const std::string& participant = {},
                    const std::string& room = "lab") {
  return ask(world, VisitRoom{2, room, {}, label, participant, true});
}

std::string seat_of(const SessionAnswer& answer) { return answer.result.get("participant", ""); }

std::string code_of(const SessionAnswer& answer) { return answer.result["code"].as<std::string>(); }

std::size_t waiting(UnitWorld& world, const std::string& room) {
  const Value rooms = ask(world, DescribeRooms{3}).result;
  return rooms.contains(room) ? rooms[room]["present"].size() : 0;
}

}  // namespace

TEST_CASE("who waits in a room hears of its session only once that is durable") {
  UnitWorld world(tally_app());
  CHECK(ask(world, VisitRoom{1, "lab", "v1"}).result["open"] == false);
  world.heard.sessions.clear();
  world.tell_directory(CreateSession{1, "tally", 3, false, {}, {}, {}, "lab"});
  world.run();  // it is made, and not durable
  world.tell_directory(VisitRoom{2, "lab", "v1"});
  world.run();
  CHECK(world.heard.sessions.empty());
  world.settle();
  REQUIRE(world.heard.sessions.size() == 2);
  CHECK(world.heard.sessions[1].result["open"] == true);
  CHECK(!world.heard.sessions[1].result.contains("participant"));  // looking takes no seat
}

TEST_CASE("a label leads to the same participant, in any order and after a restart") {
  UnitWorld world(tally_app());
  create_in(world, "lab");
  const std::string anna = seat_of(enter(world, "anna"));
  const std::string ben = seat_of(enter(world, "ben"));
  CHECK(anna != ben);
  CHECK(seat_of(enter(world, "anna")) == anna);
  world.restart();
  CHECK(seat_of(enter(world, "ben")) == ben);
  CHECK(seat_of(ask(world, VisitRoom{2, "lab", {}, "anna", {}, false})) == anna);
  CHECK(seat_of(enter(world, "cleo")) != anna);
  CHECK(enter(world, "dora").result["full"] == true);
  CHECK(seat_of(enter(world, "anna")) == anna);  // a full session lets its own in
}

TEST_CASE("two windows of one visitor that go in at once take one seat") {
  UnitWorld world(tally_app());
  create_in(world, "lab");
  const auto enter_as = [&](const std::string& visitor) {
    return seat_of(ask(world, VisitRoom{2, "lab", visitor, {}, {}, true}));
  };
  world.tell_directory(VisitRoom{2, "lab", "v1", {}, {}, true});
  world.tell_directory(VisitRoom{2, "lab", "v1", {}, {}, true});
  world.heard.sessions.clear();
  world.settle();
  REQUIRE(world.heard.sessions.size() == 2);
  const std::string seat = seat_of(world.heard.sessions[0]);
  CHECK(!seat.empty());
  CHECK(seat_of(world.heard.sessions[1]) == seat);
  CHECK(enter_as("v2") != seat);
  CHECK(enter_as("") != seat);
  CHECK(enter_as("v1") == seat);
  // In the next session the visitor is a new one.
  ask(world, ClearRoom{3, "lab"});
  create_in(world, "lab", "another");
  CHECK(enter_as("v1") != seat);
}

TEST_CASE("without a label the browser's participant keeps the seat, but not in the next session") {
  UnitWorld world(tally_app());
  const std::string code = code_of(create_in(world, "lab"));
  const std::string one = seat_of(enter(world, ""));
  CHECK(seat_of(enter(world, "", one)) == one);
  CHECK(seat_of(enter(world, "", world.participants()[0])) != world.participants()[0]);
  CHECK(ask(world, CloseSession{4, code}).error.empty());
  create_in(world, "lab");
  const SessionAnswer next = ask(world, VisitRoom{2, "lab", {}, {}, one, false});
  CHECK(next.result["open"] == true);
  CHECK(seat_of(next).empty());
}

TEST_CASE("who asks twice for a seat of the session-wide link under one name has one") {
  UnitWorld world(tally_app());
  const std::string code = code_of(ask(world, CreateSession{1, "tally", 3, false, {}, {}, {}, {}}));
  world.heard.sessions.clear();
  for (int press = 0; press < 2; ++press) world.tell_directory(ClaimSeat{2, code, {}, "visitor1"});
  world.settle();
  REQUIRE(world.heard.sessions.size() == 2);
  const std::string first = seat_of(world.heard.sessions[0]);
  CHECK(!first.empty());
  CHECK(seat_of(world.heard.sessions[1]) == first);
  const auto claim = [&](const std::string& label, const std::string& visitor) {
    return ask(world, ClaimSeat{3, code, label, visitor});
  };
  CHECK(seat_of(claim({}, "visitor2")) != first);
  CHECK(seat_of(claim({}, {})) != first);
  CHECK(claim({}, {}).error == "all places of this session are taken");
  CHECK(seat_of(claim({}, "visitor1")) == first);
  // A visitor of one session is nobody in another; a label counts more than who brings it.
  const std::string other =
      code_of(ask(world, CreateSession{4, "tally", 3, false, {}, {}, {}, {}}));
  const std::string elsewhere = seat_of(ask(world, ClaimSeat{5, other, {}, "visitor1"}));
  CHECK(elsewhere != first);
  CHECK(seat_of(ask(world, ClaimSeat{6, other, "anna", "visitor1"})) != elsewhere);
}

TEST_CASE("a session made with labels keeps their seats for them") {
  UnitWorld world(tally_app());
  const auto made = ask(world, CreateSession{1, "tally", 3, false, {}, {}, {"anna", "ben"}, "lab"});
  const Value participants = made.result["participants"];
  CHECK(seat_of(enter(world, "cleo")) == participants[2]["code"].as<std::string>());
  CHECK(enter(world, "dora").result["full"] == true);
  CHECK(seat_of(enter(world, "ben")) == participants[1]["code"].as<std::string>());
}

TEST_CASE("a personal link's label counts if the participant has none and it is nobody else's") {
  UnitWorld world(tally_app());
  const SessionAnswer made = ask(world, CreateSession{1, "tally", 3, false, {}, {}, {"anna"}, {}});
  const auto code = [&](int index) {
    return made.result["participants"][index]["code"].as<std::string>();
  };
  const auto labels = [&] {
    std::vector<std::string> all;
    const SessionAnswer shown = ask(world, DescribeSessions{4, code_of(made)});
    for (const Value& each : shown.result["participants"]) all.push_back(each.get("label", ""));
    return all;
  };
  const auto open = [&](int index, const std::string& label) {
    world.tell_directory(OpenPage{9, code(index), label});
    world.settle();
  };
  open(1, "ben");
  open(0, "zoe");   // has one already
  open(2, "anna");  // is another's
  CHECK(labels() == std::vector<std::string>{"anna", "ben", ""});
  open(1, "ben");
  open(2, "");
  world.restart();
  CHECK(labels() == std::vector<std::string>{"anna", "ben", ""});
  open(2, "cleo");
  CHECK(labels() == std::vector<std::string>{"anna", "ben", "cleo"});
}

TEST_CASE("a room has one session at a time: closed or taken out, it makes place for the next") {
  UnitWorld world(tally_app());
  const std::string first = code_of(create_in(world, "lab"));
  const std::string refusal = create_in(world, "lab").error;
  CHECK(refusal.find("the room lab has a session, " + first) == 0);
  CHECK(create_in(world, "hall").error.empty());
  world.restart();
  CHECK(!create_in(world, "lab").error.empty());
  CHECK(ask(world, ClearRoom{4, "lab"}).error.empty());
  CHECK(ask(world, ClearRoom{4, "lab"}).error == "the room lab has no session");
  world.restart();
  CHECK(ask(world, VisitRoom{2, "lab", "v1"}).result["open"] == false);
  const std::string second = code_of(create_in(world, "lab"));
  CHECK(ask(world, CloseSession{4, second}).error.empty());
  CHECK(create_in(world, "lab").error.empty());
}

TEST_CASE("a session that is opened again is in its room again, if that has no other by then") {
  UnitWorld world(tally_app());
  const std::string first = code_of(create_in(world, "lab"));
  const auto in_the_room = [&] {
    const SessionAnswer answer = ask(world, ClearRoom{4, "lab"});
    return answer.error.empty() ? code_of(answer) : "";
  };
  CHECK(ask(world, CloseSession{4, first}).error.empty());
  world.restart();
  CHECK(ask(world, ReopenSession{4, first}).result["room"] == "lab");
  world.restart();
  CHECK(ask(world, VisitRoom{2, "lab", "v1"}).result["open"] == true);
  CHECK(ask(world, CloseSession{4, first}).error.empty());
  const std::string second = code_of(create_in(world, "lab"));
  CHECK_FALSE(ask(world, ReopenSession{4, first}).result.contains("room"));
  CHECK(in_the_room() == second);
  CHECK(ask(world, CloseSession{4, first}).error.empty());  // out of any room
  CHECK_FALSE(ask(world, ReopenSession{4, first}).result.contains("room"));
}

TEST_CASE("a key that was used for a session elsewhere gives none to the room") {
  UnitWorld world(tally_app());
  create_in(world, "", "monday");
  CHECK(create_in(world, "lab", "monday").error.find("not in the room lab") != std::string::npos);
  const std::string code = code_of(create_in(world, "lab", "tuesday"));
  CHECK(code_of(create_in(world, "lab", "tuesday")) == code);
}

TEST_CASE("who asked in a room in the last moments is present there") {
  UnitWorld world(tally_app());
  for (const char* visitor : {"v1", "v2", "v1"}) ask(world, VisitRoom{1, "lab", visitor});
  CHECK(waiting(world, "lab") == 2);
  CHECK(waiting(world, "hall") == 0);
  world.advance(4s);
  ask(world, VisitRoom{1, "lab", "v2"});
  world.advance(2s);
  CHECK(waiting(world, "lab") == 1);
  create_in(world, "lab");
  ask(world, VisitRoom{1, "lab", "v2"});
  CHECK(waiting(world, "lab") == 0);
}

TEST_CASE("no more visitors than the limit are kept, and their places come free") {
  Limits limits;
  limits.room_visitors = 2;
  RoomPresence presence(limits);
  constexpr std::int64_t second = 1'000'000;
  for (const char* visitor : {"a", "b", "c"}) presence.seen("lab", visitor, 100 * second);
  CHECK(presence.present("lab", 101 * second) == std::vector<std::string>{"a", "b"});
  presence.seen("lab", "b", 104 * second);
  presence.seen("lab", "c", 107 * second);
  CHECK(presence.present("lab", 107 * second) == std::vector<std::string>{"b", "c"});
}

TEST_CASE("a group that is awake learns the label of who comes later") {
  UnitWorld world(tally_app());
  create_in(world, "lab");
  const std::string anna = seat_of(enter(world, "anna"));
  world.tell_directory(OpenPage{5, anna});  // her group wakes
  world.settle();
  const std::string ben = seat_of(enter(world, "ben"));
  world.heard.pages.clear();
  world.tell_directory(OpenPage{6, ben});
  world.settle();
  REQUIRE(world.heard.pages.size() == 1);
  CHECK(world.heard.pages[0].view.vars["participant"]["label"] == "ben");
}

}  // namespace rialto::test
