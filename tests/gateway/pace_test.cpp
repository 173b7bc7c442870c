// Too much, too fast, too slow: what a connection may send, what waits for it, and who is no longer
// there.
#include <doctest/doctest.h>

#include <thread>

#include "tests/gateway/faults/faults.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;
using std::chrono::milliseconds;

namespace {

int closed_with(Client& client) {
  for (;;) {
    const Frame frame = client.next();
    if (frame.opcode == 8) return frame.close_code();
  }
}

Outcome acknowledged(ConnectionId connection, std::uint64_t number) {
  return {connection, "abcdefgh0001", number, "", ""};
}

// The numbers of sends the unit has got, until `count` of them are there.
std::vector<std::uint64_t> numbers_got(World& world, std::size_t count) {
  std::vector<std::uint64_t> numbers;
  while (numbers.size() < count) {
    for (const LiveInput& input : world.actors.await<ToUnit>().inputs.inputs) {
      numbers.push_back(input.number);
    }
  }
  return numbers;
}

}  // namespace

TEST_CASE("after a send that came too fast all above it are refused until it comes again") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 1;
    options.limits.sends_burst = 2;
  });
  auto client = world.live();
  for (std::uint64_t number = 1; number <= 5; ++number) client->send_text(World::send(number));
  CHECK(numbers_got(world, 2) == std::vector<std::uint64_t>{1, 2});
  for (std::uint64_t number = 3; number <= 5; ++number) {
    const Value error = client->next_json();
    CHECK(error["code"] == "too_fast");
    CHECK(error["n"] == number);
  }
  std::this_thread::sleep_for(milliseconds(2100));  // as long as two more take at this rate
  client->send_text(World::send(4));
  CHECK(client->next_json()["n"] == 4);
  client->send_text(World::send(3));
  client->send_text(World::send(4));
  CHECK(numbers_got(world, 2) == std::vector<std::uint64_t>{3, 4});
}

TEST_CASE("a full disk refuses in order, too, and lets go in order") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  client->send_text(World::send(1));
  client->send_text(World::send(2));
  numbers_got(world, 2);
  Release full = World::release({});
  full.outcomes = {{connection, "abcdefgh0001", 1, "storage_full", "full"},
                   {connection, "abcdefgh0001", 2, "storage_full", "full"}};
  world.actors.say(full);
  CHECK(client->next_json()["n"] == 1);
  CHECK(client->next_json()["n"] == 2);
  client->send_text(World::send(3));
  const Value error = client->next_json();
  CHECK(error["code"] == "storage_full");
  CHECK(error["n"] == 3);
  client->send_text(World::send(1));
  client->send_text(World::send(2));
  CHECK(numbers_got(world, 2) == std::vector<std::uint64_t>{1, 2});
}

TEST_CASE("the app's own rate counts, not the usual one") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 1000;
    options.limits.sends_burst = 1000;
  });
  Joined joined;
  joined.sends_per_second = 0.1;
  auto client = world.join(joined);
  CHECK(client->next_json()["type"] == "hello");
  client->send_text(World::send(1));
  client->send_text(World::send(2));
  CHECK(client->next_json()["code"] == "too_fast");
}

TEST_CASE("frames that are no sends count against the rate") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = 0.01;
    options.limits.sends_burst = 2;
  });
  auto client = world.live();
  for (int i = 0; i < 3; ++i) client->send_text("garbage");
  CHECK(client->next_json()["code"] == "not_json");
  CHECK(client->next_json()["code"] == "not_json");
  const Value error = client->next_json();
  CHECK(error["code"] == "too_fast");
  CHECK(!error.contains("n"));
}

TEST_CASE("beyond the sends in flight a connection is not read, until they are done") {
  World world([](GatewayOptions& options) { options.limits.sends_in_flight = 4; });
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  for (std::uint64_t number = 1; number <= 10; ++number) client->send_text(World::send(number));
  CHECK(numbers_got(world, 4).back() == 4);
  CHECK(client->silent(100));
  CHECK(world.actors.count<ToUnit>() == 0);
  Release release = World::release({});
  for (std::uint64_t number = 1; number <= 3; ++number) {
    release.outcomes.push_back(acknowledged(connection, number));
  }
  world.actors.say(release);
  CHECK(client->next_json()["n"] == 3);
  CHECK(numbers_got(world, 3).back() == 7);
  CHECK(world.actors.count<ToUnit>() == 0);
}

TEST_CASE("all that a connection gets in one turn goes out with one send") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  const std::size_t before = faults::sends();
  std::vector<Event> events;
  for (std::uint64_t record = 1; record <= 50; ++record) {
    Release release = World::release({World::delivery(record, "1")});
    release.outcomes.push_back(acknowledged(connection, record));
    events.push_back([release](ActorsListener& to) { to.released(release); });
  }
  world.actors.happen(std::move(events));
  for (std::uint64_t record = 1; record <= 50; ++record) {
    CHECK(client->next_json()["record"] == record);
  }
  CHECK(client->next_json().dump() == R"({"type":"ack","n":50})");
  CHECK(faults::sends() - before == 1);
}

TEST_CASE(
    "a slow reader falls behind, catches up from history, and gets everything once, in order") {
  World world([](GatewayOptions& options) { options.limits.outbox = 256 * 1024; });
  ConnectionId connection = 0;
  auto client = world.live(1, &connection, Client::Buffers::small);
  const std::string payload = '"' + std::string(2000, 'x') + '"';
  constexpr std::uint64_t records = 8000;  // 16 MB, more than the kernel takes
  for (std::uint64_t record = 1; record <= records; ++record) {
    Release release = World::release({World::delivery(record, payload)});
    if (record % 100 == 0) release.outcomes = {acknowledged(connection, record / 100)};
    world.actors.say(release);
  }
  std::thread unit_actor([&] {
    for (;;) {
      const auto pull = world.actors.await<PullHistory>();
      HistoryPiece piece{pull.connection, {}, std::min(pull.after + 30, records), false};
      for (std::uint64_t record = pull.after + 1; record <= piece.upto; ++record) {
        piece.messages.push_back({record, 0, payload});
      }
      piece.at_head = piece.upto == records;
      world.actors.say(piece);
      if (piece.at_head) return;
    }
  });
  std::uint64_t expected = 1;
  std::uint64_t acknowledged_upto = 0;
  while (expected <= records || acknowledged_upto < records / 100) {
    const Value frame = client->next_json();
    if (frame.contains("record")) {
      REQUIRE(frame["record"] == expected);
      ++expected;
    } else {
      REQUIRE(frame["type"] == "ack");
      acknowledged_upto = frame["n"].as<std::uint64_t>();
    }
  }
  unit_actor.join();
  world.actors.say(World::release({World::delivery(records + 1, "\"end\"")}));
  CHECK(client->next_json()["data"] == "end");
}

TEST_CASE("messages of one record stay together when a reader falls behind") {
  World world([](GatewayOptions& options) { options.limits.outbox = 64 * 1024; });
  auto client = world.live(1, nullptr, Client::Buffers::small);
  // Each record says three things, of which two fill what may wait; 27 MB in all.
  const auto part_of = [](int part) {
    return '"' + std::to_string(part) + std::string(30'000, 'x') + '"';
  };
  constexpr std::uint64_t records = 300;
  for (std::uint64_t record = 1; record <= records; ++record) {
    world.actors.say(
        World::release({World::delivery(record, part_of(1)), World::delivery(record, part_of(2)),
                        World::delivery(record, part_of(3))}));
  }
  std::thread unit_actor([&] {
    const auto pull = world.actors.await<PullHistory>();
    HistoryPiece piece{pull.connection, {}, records, true};
    for (std::uint64_t record = pull.after + 1; record <= records; ++record) {
      for (int part = 1; part <= 3; ++part) {
        piece.messages.push_back({record, 0, part_of(part)});
      }
    }
    world.actors.say(piece);
  });
  for (std::uint64_t record = 1; record <= records; ++record) {
    for (int part = 1; part <= 3; ++part) {
      const Value frame = client->next_json();
      REQUIRE(frame["record"] == record);
      REQUIRE(frame["data"].as<std::string>().front() == static_cast<char>('0' + part));
    }
  }
  unit_actor.join();
}

TEST_CASE("a reader that takes nothing for too long is closed with 4408") {
  World world([](GatewayOptions& options) {
    options.limits.outbox = 64 * 1024;
    options.limits.drain = std::chrono::seconds(1);
  });
  auto client = world.live(1, nullptr, Client::Buffers::small);
  const std::string payload = '"' + std::string(60'000, 'x') + '"';
  for (std::uint64_t record = 1; record <= 300; ++record) {
    world.actors.say(World::release({World::delivery(record, payload)}));
  }
  world.actors.await<Leave>();
  CHECK(closed_with(*client) == 4408);
}

TEST_CASE("a line that answers no pings is closed with 4409, one that answers stays") {
  World world([](GatewayOptions& options) { options.limits.ping = milliseconds(400); });
  auto dead = world.live(1);
  auto alive = world.live(2);
  int pings = 0;
  for (;;) {
    if (!alive->silent(0)) {
      CHECK(alive->next().opcode == 9);
      alive->send_frame(0x8A, "");
    }
    if (dead->silent(5)) continue;
    const Frame frame = dead->next();
    if (frame.opcode == 8) {
      CHECK(frame.close_code() == 4409);
      break;
    }
    CHECK(frame.opcode == 9);
    ++pings;
  }
  CHECK(pings == 2);
  alive->send_text(R"({"type":"ping"})");
  CHECK(alive->next_json()["type"] == "pong");
}

TEST_CASE("a release while a piece of history is on its way is not missed") {
  World world;
  auto client = world.join();
  const auto first = world.actors.await<PullHistory>();
  // The unit has answered up to record 3; before the piece is seen, record 4 is released.
  world.actors.happen(
      {[](ActorsListener& to) { to.released(World::release({World::delivery(4, "\"four\"")})); },
       [id = first.connection](ActorsListener& to) {
         to.piece({id, {{3, 0, "\"three\""}}, 3, true});
       }});
  const auto second = world.actors.await<PullHistory>();
  CHECK(second.after == 3);
  world.actors.happen(
      {[id = first.connection](ActorsListener& to) {
         to.piece({id, {{4, 0, "\"four\""}}, 5, true});
       },
       // Released late, known already: record 5 was in the piece's stretch.
       [](ActorsListener& to) { to.released(World::release({World::delivery(5, "\"five\"")})); },
       [](ActorsListener& to) { to.released(World::release({World::delivery(6, "\"six\"")})); }});
  CHECK(client->next_json()["type"] == "hello");
  CHECK(client->next_json()["data"] == "three");
  CHECK(client->next_json()["data"] == "four");
  CHECK(client->next_json().dump() == R"({"type":"live","record":5})");
  CHECK(client->next_json()["data"] == "six");
}

TEST_CASE("a player who is moved on hears the last messages first, then nothing of that page") {
  World world;
  auto client = world.live(1);
  auto stays = world.live(2);
  Release release = World::release({World::delivery(1, "\"game_finished\"")});
  release.moves = {{1, {1, 1}}};
  world.actors.say(release);
  world.actors.say(World::release({World::delivery(2, "\"for who stayed\"")}));
  CHECK(client->next_json()["data"] == "game_finished");
  CHECK(client->next_json()["type"] == "moved");
  CHECK(client->silent(100));
  CHECK(stays->next_json()["data"] == "game_finished");
  CHECK(stays->next_json()["data"] == "for who stayed");
}

TEST_CASE("a player who is moved on while catching up hears the history first") {
  World world;
  auto client = world.join();
  const auto pull = world.actors.await<PullHistory>();
  Release release = World::release({});
  release.moves = {{1, {1, 1}}};
  world.actors.say(release);
  world.actors.say(HistoryPiece{pull.connection, {{1, 0, "\"last\""}}, 1, true});
  CHECK(client->next_json()["type"] == "hello");
  CHECK(client->next_json()["data"] == "last");
  CHECK(client->next_json()["type"] == "live");
  CHECK(client->next_json()["type"] == "moved");
}
