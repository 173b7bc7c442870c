// WebSocket frames that RFC 6455 does not allow, and messages in odd pieces.
#include <doctest/doctest.h>

#include <string>
#include <thread>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

int closed_with(Client& client) {
  for (;;) {
    const Frame frame = client.next();
    if (frame.opcode == 8) return frame.close_code();
  }
}

// The close code after these bytes, which are no frame of the client's own making.
int after(World& world, std::string_view bytes) {
  auto client = world.live();
  client->send_bytes(bytes);
  return closed_with(*client);
}

}  // namespace

TEST_CASE("frames out of order or of no known kind close with 1002, and the group hears nothing") {
  World world;
  using namespace std::string_literals;
  const std::string mask(4, '\0');
  CHECK(after(world, "\x80\x82"s + mask + "{}") == 1002);  // goes on with nothing
  CHECK(after(world, "\x01\x81"s + mask + "{\x01\x81" + mask + "{") == 1002);  // begins twice
  CHECK(after(world, "\x09\x81"s + mask + "x") == 1002);                       // half a ping
  CHECK(after(world, "\x89\xFE\x00\x7E"s + mask + std::string(126, 'x')) == 1002);
  CHECK(after(world, "\xC1\x82"s + mask + "{}") == 1002);          // a bit that means nothing
  CHECK(after(world, "\x83\x82"s + mask + "{}") == 1002);          // a kind that means nothing
  CHECK(after(world, "\x81\x02{}"s) == 1002);                      // not masked
  CHECK(after(world, "\x81\xFE\x00\x02"s + mask + "{}") == 1002);  // a length in too many bytes
  CHECK(after(world, "\x88\x81"s + mask + "x") == 1002);           // half a code
  CHECK(after(world, "\x81\xFF\x7F\xFF\xFF\xFF\xFF\xFF\xFF\xFF"s + mask + "x") == 1009);
  CHECK(world.actors.count<ToUnit>() == 0);
}

TEST_CASE("pieces of one byte are one message, a character may be cut between them") {
  World world([](GatewayOptions& options) {
    options.limits.sends_per_second = options.limits.sends_burst = 1e6;
  });
  auto client = world.live();
  const std::string text = World::send(1, "\"\xF0\x9F\x8E\xB2\"");
  client->send_frame(0x01, text.substr(0, 1));
  for (std::size_t at = 1; at < text.size(); ++at) {
    client->send_frame(0x00, text.substr(at, 1));
    client->send_frame(0x00, "");
    if (at % 8 == 0) client->send_frame(0x89, "p");
  }
  client->send_frame(0x80, "");
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data == "\xF0\x9F\x8E\xB2");
}

TEST_CASE(
    "a message in pieces is bounded like one in one piece, and pieces count within the rate") {
  World world;
  auto large = world.live();
  large->send_frame(0x01, World::send(1, '"' + std::string(40'000, 'x')));
  large->send_frame(0x00, std::string(30'000, 'x'));
  CHECK(closed_with(*large) == 1009);
  auto busy = world.live(2);
  busy->send_frame(0x01, "{");
  for (int i = 0; i < 20'000; ++i) busy->send_frame(0x00, "x");
  busy->send_frame(0x80, "}");
  busy->send_text(World::send(1));
  CHECK(busy->silent(100));  // left unread for a while: others go on
  auto other = world.live(3);
  other->send_text(World::send(1));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).player == 3);
}

TEST_CASE("nothing that comes behind a close frame is heard") {
  World world;
  auto client = world.live();
  client->send_frame(0x88, "\x03\xE8");
  try {
    client->send_text(World::send(1));
  } catch (const LineEnded&) {
  }
  CHECK(closed_with(*client) == 1000);
  CHECK(world.actors.await<Leave>().player == 1);
  CHECK(world.actors.count<ToUnit>() == 0);
}
