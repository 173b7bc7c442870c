// Every system call on a socket fails once, at every point of a whole visit: nobody crashes,
// nothing is left behind, and the next visitor is served.
#include <doctest/doctest.h>

#include <filesystem>
#include <map>

#include "tests/gateway/faults/faults.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

// All visits are of one participant.
void unhurried(GatewayOptions& options) {
  options.limits.sends_per_second = options.limits.sends_burst = 1e9;
  options.limits.requests_per_second = options.limits.requests_burst = 1e9;
}

// A page, a WebSocket, sends with their answers, a close. Throws where the line ends too early.
void visit(World& world) {
  Client browser(world.port());
  browser.request("GET", "/static/rialto.js");
  browser.request("GET", "/p/alice/", world.cookie("alice"));
  auto line = std::make_unique<Client>(world.port());
  if (line->upgrade("/p/alice/live", world.cookie("alice")).status != 101) return;
  line->send_text(World::hello());
  while (line->next_json().get("type", "") != "live") continue;
  for (std::uint64_t number = 1; number <= 3; ++number) {
    line->send_text(World::send(number, '"' + std::string(5000 * number, 'x') + '"'));
    bool acknowledged = false;
    bool heard = false;
    while (!acknowledged || !heard) {
      const Value frame = line->next_json();
      acknowledged = acknowledged || frame.get("type", "") == "ack";
      heard = heard || frame.contains("record");
    }
  }
  line->send_frame(0x88, "\x03\xE8");
  while (line->next().opcode != 8) continue;
  line->read_to_end();
}

bool visit_ends(World& world) {
  try {
    visit(world);
    return true;
  } catch (const LineEnded&) {
    return false;
  }
}

std::size_t open_descriptors() {
  namespace fs = std::filesystem;
  return static_cast<std::size_t>(
      std::distance(fs::directory_iterator("/proc/self/fd"), fs::directory_iterator()));
}

// Each join has its leave before long.
void check_all_left(World& world) {
  std::map<ConnectionId, int> joined;
  while (world.actors.count<Join>() > 0) ++joined[world.actors.await<Join>().connection];
  while (!joined.empty()) {
    const ConnectionId left = world.actors.await<Leave>().connection;
    REQUIRE(joined.erase(left) == 1);
  }
}

}  // namespace

TEST_CASE("whichever system call fails, one line ends and the next visitor is served") {
  World world(unhurried);
  world.actors.answer_by_itself();
  std::size_t point = 0;
  std::size_t ended = 0;
  for (;; ++point) {
    CAPTURE(point);
    faults::arm(point);
    const bool whole = visit_ends(world);
    faults::disarm();
    if (!faults::happened()) {
      CHECK(whole);
      break;
    }
    if (!whole) ++ended;
    REQUIRE(visit_ends(world));
    check_all_left(world);
  }
  CHECK(point > 20);
  CHECK(ended > 10);
}

TEST_CASE("no failure leaves a descriptor open") {
  World world(unhurried);
  world.actors.answer_by_itself();
  visit_ends(world);
  check_all_left(world);
  const std::size_t before = open_descriptors();
  for (std::size_t point = 0; point < 60; ++point) {
    faults::arm(point);
    visit_ends(world);
    faults::disarm();
  }
  check_all_left(world);
  // The server's side of the last lines ends a moment after ours.
  for (int i = 0; i < 1000 && open_descriptors() > before; ++i) visit_ends(world);
  CHECK(open_descriptors() <= before);
}

TEST_CASE("a line that takes a few bytes at a time gets everything") {
  World world(unhurried);
  world.actors.answer_by_itself();
  for (const std::size_t bytes : {1, 7, 1000}) {
    faults::limit_sends(bytes);
    CHECK(visit_ends(world));
    faults::limit_sends(0);
  }
}
