// A live connection: hello, history, messages as they are committed, acknowledgements.
#include <doctest/doctest.h>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

TEST_CASE("a browser that says hello gets hello, its history in order, then live") {
  World world;
  Joined joined;
  joined.head = 9;
  auto client = world.join(joined);
  const Value hello = client->next_json();
  CHECK(hello["type"] == "hello");
  CHECK(hello["version"] == 1);
  CHECK(hello["lineage"] == "0123456789abcdef");
  CHECK(hello["head"] == 9);
  CHECK(hello["ping"] == 5000);

  const auto pull = world.actors.await<PullHistory>();
  CHECK(pull.player == 1);
  CHECK(pull.page == page);
  CHECK(pull.after == 0);
  world.actors.say(
      HistoryPiece{pull.connection, {{3, 1'700'000'000'123'456, "\"a\""}, {5, 0, "2"}}, 6, false});
  const Value first = client->next_json();
  CHECK(first["record"] == 3);
  CHECK(first["time"] == 1'700'000'000'123);
  CHECK(first["data"] == "a");
  CHECK(client->next_json()["record"] == 5);

  const auto more = world.actors.await<PullHistory>();
  CHECK(more.after == 6);
  world.actors.say(HistoryPiece{pull.connection, {{8, 0, "null"}}, 9, true, 1'700'000'000'456'789});
  CHECK(client->next_json()["record"] == 8);
  const Value live = client->next_json();
  CHECK(live["type"] == "live");
  CHECK(live["record"] == 9);
  CHECK(live["time"] == 1'700'000'000'456);
}

TEST_CASE("what a browser has seen and what it was rendered at reaches the unit") {
  World world;
  auto client = world.open("bob");
  client->send_text(
      R"({"type":"hello","version":1,"page":"auction/2-1","sender":"abcdefgh0001",)"
      R"("lineage":"feed","rendered":40,"after":57,"known":58,"known_time":1700000000123})");
  const auto join = world.actors.await<Join>();
  CHECK(join.participant == "bob");
  CHECK(join.page == PageRef{2, 1});
  CHECK(join.lineage == "feed");
  CHECK(join.rendered == 40);
  CHECK(join.after == 57);
  CHECK(join.known == 58);
  CHECK(join.known_time == 1'700'000'000'123);
  Joined joined{join.connection};
  joined.unit = unit;
  joined.player = 2;
  world.actors.say(joined);
  const auto pull = world.actors.await<PullHistory>();
  CHECK(pull.rendered == 40);
  CHECK(pull.after == 57);
  CHECK(pull.player == 2);
}

TEST_CASE("a message goes to its receivers on its page alone") {
  World world;
  auto one = world.live(1);
  auto two = world.live(2);
  auto other_tab = world.live(2);
  Delivery elsewhere = World::delivery(3, "\"other page\"");
  elsewhere.page = {1, 1};
  world.actors.say(
      World::release({World::delivery(1, "\"for 2\"", {2}), World::delivery(2, "\"for all\""),
                      elsewhere, World::delivery(4, "\"for 1 and 3\"", {1, 3})}));
  CHECK(one->next_json()["data"] == "for all");
  CHECK(one->next_json()["data"] == "for 1 and 3");
  for (Client* client : {two.get(), other_tab.get()}) {
    CHECK(client->next_json()["data"] == "for 2");
    CHECK(client->next_json()["data"] == "for all");
  }
  world.actors.say(World::release({World::delivery(5, "\"end\"")}));
  CHECK(one->next_json()["data"] == "end");
  CHECK(two->next_json()["data"] == "end");
}

TEST_CASE(
    "sends of one turn reach the unit in one message, in order, and are acknowledged together") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(3, &connection);
  std::string both;
  client->send_text(World::send(1, R"({"bid":5})"));
  client->send_text(World::send(2, "[1,null,\"x\"]"));
  std::vector<LiveInput> got;
  while (got.size() < 2) {
    auto said = world.actors.await<ToUnit>();
    CHECK(said.unit == unit);
    for (LiveInput& input : said.inputs.inputs) got.push_back(std::move(input));
  }
  CHECK(got[0].connection == connection);
  CHECK(got[0].player == 3);
  CHECK(got[0].page == page);
  CHECK(got[0].sender == "abcdefgh0001");
  CHECK(got[0].number == 1);
  CHECK(got[0].data.dump() == R"({"bid":5})");
  CHECK(got[1].number == 2);
  CHECK(got[1].data.dump() == R"([1,null,"x"])");

  Release release = World::release({World::delivery(1, "5")});
  release.outcomes = {{connection, "abcdefgh0001", 1, "", ""},
                      {connection, "abcdefgh0001", 2, "", ""}};
  world.actors.say(release);
  CHECK(client->next_json()["record"] == 1);
  CHECK(client->next_json().dump() == R"({"type":"ack","n":2})");
}

TEST_CASE("sends of an earlier load keep their sender and page, and so do their answers") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  client->send_text(
      R"({"type":"send","n":7,"data":0,"sender":"earlier_load","page":"auction/1-3"})");
  const auto said = world.actors.await<ToUnit>();
  CHECK(said.inputs.inputs.at(0).sender == "earlier_load");
  CHECK(said.inputs.inputs.at(0).page == PageRef{1, 3});
  Release release = World::release({});
  release.outcomes = {{connection, "earlier_load", 7, "", ""},
                      {connection, "earlier_load", 8, "stale_page", "gone"}};
  world.actors.say(release);
  CHECK(client->next_json().dump() == R"({"type":"ack","n":7,"sender":"earlier_load"})");
  CHECK(client->next_json().dump() ==
        R"({"type":"error","code":"stale_page","message":"gone","n":8,"sender":"earlier_load"})");
}

TEST_CASE("sends that come before the unit has answered wait for it") {
  World world;
  auto client = world.open();
  client->send_text(World::hello());
  client->send_text(World::send(1));
  client->send_text(World::send(2));
  const auto join = world.actors.await<Join>();
  Joined joined{join.connection};
  joined.unit = unit;
  joined.player = 1;
  world.actors.say(joined);
  auto said = world.actors.await<ToUnit>();
  if (said.inputs.inputs.size() == 1) {
    said.inputs.inputs.push_back(world.actors.await<ToUnit>().inputs.inputs.at(0));
  }
  CHECK(said.inputs.inputs.at(0).number == 1);
  CHECK(said.inputs.inputs.at(1).number == 2);
}

TEST_CASE("a connection that ends leaves its unit, and the last one lets go of it") {
  World world;
  ConnectionId first = 0;
  ConnectionId second = 0;
  auto one = world.live(1, &first);
  auto two = world.live(2, &second);
  one.reset();
  CHECK(world.actors.await<Leave>().connection == first);
  CHECK(world.actors.count<Forget>() == 0);
  two.reset();
  const auto leave = world.actors.await<Leave>();
  CHECK(leave.connection == second);
  CHECK(leave.player == 2);
  CHECK(world.actors.await<Forget>().unit == unit);
}

TEST_CASE("a connection that ended before its unit answered is taken back") {
  World world;
  auto client = world.open();
  client->send_text(World::hello());
  const auto join = world.actors.await<Join>();
  client.reset();
  auto other = world.live(2);  // by now the end of the first is known, or will be: both are right
  Joined joined{join.connection};
  joined.unit = UnitId::of(1, 8);
  joined.player = 1;
  world.actors.say(joined);
  CHECK(world.actors.await<Leave>().connection == join.connection);
  CHECK(world.actors.await<Forget>().unit == UnitId::of(1, 8));
}

TEST_CASE("a browser's ping is answered") {
  World world;
  auto client = world.live();
  client->send_text(R"({"type":"ping"})");
  CHECK(client->next_json().dump() == R"({"type":"pong"})");
  client->send_frame(0x89, "abc");
  const Frame pong = client->next();
  CHECK(pong.opcode == 10);
  CHECK(pong.payload == "abc");
}
