// What a browser is told when it does what it should not: each code of `error` and each close code
// of gateway/README.md that the gateway itself gives.
#include <doctest/doctest.h>

#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

// The close code the line ends with; text frames before it are passed over.
int closed_with(Client& client) {
  for (;;) {
    const Frame frame = client.next();
    if (frame.opcode == 8) return frame.close_code();
  }
}

Value error_for(const std::string& frame) {
  World world;
  auto client = world.live();
  client->send_text(frame);
  const Value error = client->next_json();
  CHECK(error["type"] == "error");
  CHECK(error["message"].size() > 0);
  client->send_text(R"({"type":"ping"})");
  CHECK(client->next_json()["type"] == "pong");  // the connection stays
  return error;
}

std::string nested(int depth) {
  return std::string(static_cast<std::size_t>(depth), '[') +
         std::string(static_cast<std::size_t>(depth), ']');
}

std::string hello_without(const std::string& member) {
  std::string hello = World::hello();
  const auto at = hello.find(member);
  return hello.replace(at, member.size(), "");
}

}  // namespace

TEST_CASE("a frame that makes no sense is answered by an error and the connection stays") {
  CHECK(error_for("{")["code"] == "not_json");
  CHECK(error_for("")["code"] == "not_json");
  CHECK(error_for("undefined")["code"] == "not_json");
  CHECK(error_for(R"({"type":"send","n":1,"data":NaN})")["code"] == "not_json");
  CHECK(error_for("[]")["code"] == "bad_frame");
  CHECK(error_for("7")["code"] == "bad_frame");
  CHECK(error_for(R"({"n":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"sing"})")["code"] == "unknown_type");
  CHECK(error_for(R"({"type":"send","n":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","data":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","n":0,"data":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","n":-1,"data":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","n":1.5,"data":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","n":9007199254740992,"data":1})")["code"] == "bad_frame");
  CHECK(error_for(R"({"type":"send","n":1,"data":1,"sender":"short","page":"a/1-0"})")["code"] ==
        "bad_frame");
  CHECK(error_for(R"({"type":"send","n":1,"data":1,"sender":"abcdefgh","page":"a"})")["code"] ==
        "bad_frame");
  CHECK(error_for(World::send(1, nested(64)))["code"] == "too_deep");
  CHECK(error_for(World::hello())["code"] == "bad_frame");
}

TEST_CASE("values as deep as allowed are handed on to the group") {
  World world;
  auto client = world.live();
  client->send_text(World::send(1, nested(63)));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data.dump() == nested(63));
}

TEST_CASE("a first frame that is no hello closes with 4400") {
  for (const std::string& first :
       {World::send(1), std::string("{"), std::string(R"({"type":"ping"})"),
        hello_without(R"("sender":"abcdefgh0001",)"), hello_without(R"(,"after":0)")}) {
    World world;
    auto client = world.open();
    client->send_text(first);
    CHECK(closed_with(*client) == 4400);
  }
}

TEST_CASE("a binary frame closes with 1003") {
  World world;
  auto client = world.live();
  client->send_frame(0x82, "{}");
  CHECK(closed_with(*client) == 1003);
}

TEST_CASE("a frame above 64 KiB closes with 1009, one of 64 KiB is taken") {
  World world;
  auto client = world.live();
  const std::string text(65536 - World::send(1, "\"\"").size(), 'x');
  client->send_text(World::send(1, '"' + text + '"'));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data.size() == text.size());
  client->send_text(World::send(2, "\"x" + text + '"'));
  CHECK(closed_with(*client) == 1009);
}

TEST_CASE("a message in pieces is one message") {
  World world;
  auto client = world.live();
  const std::string text = World::send(1, '"' + std::string(10'000, 'y') + '"');
  client->send_frame(0x01, text.substr(0, 5));
  client->send_frame(0x89, "between");
  client->send_frame(0x00, text.substr(5, 5000));
  client->send_frame(0x80, text.substr(5005));
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data.size() == 10'000);
}

TEST_CASE("text that is not UTF-8 closes with 1007") {
  World world;
  auto client = world.live();
  client->send_text(World::send(1, "\"\xFF\""));
  CHECK(closed_with(*client) == 1007);
}

TEST_CASE("without the participant's cookie the line closes with 4403") {
  World world;
  for (const Client::Headers& headers :
       {Client::Headers{}, world.cookie("mallory"), Client::Headers{{"Cookie", "rialto=forged"}}}) {
    Client client(world.port());
    CHECK(client.upgrade("/p/alice/live", headers).status == 101);
    CHECK(closed_with(client) == 4403);
  }
}

TEST_CASE("of several cookies of one name, one that is right is enough") {
  World world;
  Client client(world.port());
  const std::string key = world.gateway->links().participant_key("alice");
  CHECK(client.upgrade("/p/alice/live", {{"Cookie", "a=b; rialto=x; rialto=" + key}}).status ==
        101);
  client.send_text(World::hello());
  CHECK(world.actors.await<Join>().participant == "alice");
}

TEST_CASE("a WebSocket of another origin is refused with 403, one of this host or none is not") {
  World world([](GatewayOptions& options) { options.public_url = "https://lab.example.edu/exp"; });
  const auto status = [&](const std::string& origin, const std::string& host) {
    Client client(world.port());
    auto headers = world.cookie("alice");
    headers.emplace_back("Host", host);
    if (!origin.empty()) headers.emplace_back("Origin", origin);
    return client.upgrade("/p/alice/live", headers).status;
  };
  CHECK(status("", "lab") == 101);
  CHECK(status("http://lab:8000", "lab:8000") == 101);
  CHECK(status("https://lab.example.edu", "internal:8000") == 101);
  CHECK(status("https://LAB.example.edu:443", "internal:8000") == 101);
  CHECK(status("http://lab.example.edu", "internal:8000") == 403);
  CHECK(status("https://evil.example", "lab.example.edu") == 403);
  CHECK(status("https://lab.example.edu.evil.example", "lab.example.edu") == 403);
  CHECK(status("null", "lab.example.edu") == 403);
}

TEST_CASE("an unknown participant and a closed session close with 4404") {
  for (const PageStatus status : {PageStatus::not_found, PageStatus::closed}) {
    World world;
    Joined joined;
    joined.status = status;
    auto client = world.join(joined);
    CHECK(closed_with(*client) == 4404);
  }
}

TEST_CASE("a session that closed is left again by who asked") {
  World world;
  Joined joined;
  joined.status = PageStatus::closed;
  joined.unit = unit;
  auto client = world.join(joined);
  CHECK(closed_with(*client) == 4404);
  CHECK(world.actors.await<Leave>().player == 1);
  CHECK(world.actors.await<Forget>().unit == unit);
}

TEST_CASE("where the unit cannot take a connection now, it closes with 1013") {
  World world;
  Joined joined;
  joined.status = PageStatus::busy;
  auto client = world.join(joined);
  CHECK(closed_with(*client) == 1013);
}

TEST_CASE("a unit that ended closes its connections with 1013, so that they come again") {
  World world;
  auto one = world.live(1);
  auto two = world.live(2);
  world.actors.happen({[](ActorsListener& to) { to.unit_gone(unit); }});
  CHECK(closed_with(*one) == 1013);
  CHECK(closed_with(*two) == 1013);
}

TEST_CASE("a page of another protocol version is told to load again") {
  World world;
  auto client = world.open();
  client->send_text(R"({"type":"hello","version":0})");
  CHECK(client->next_json()["type"] == "reload");
  CHECK(closed_with(*client) == 1000);
}

TEST_CASE("a page the player has left is told so, and its sends are answered") {
  World world;
  Joined joined;
  joined.stale = true;
  auto client = world.join(joined);
  CHECK(client->next_json()["type"] == "hello");
  CHECK(client->next_json()["type"] == "moved");
  client->send_text(World::send(4));
  const auto said = world.actors.await<ToUnit>();
  Release release = World::release({World::delivery(1, "\"not for this tab\"")});
  release.outcomes = {
      {said.inputs.inputs.at(0).connection, "abcdefgh0001", 4, "stale_page", "late"}};
  world.actors.say(release);
  CHECK(client->next_json().dump() ==
        R"({"type":"error","code":"stale_page","message":"late","n":4})");
  CHECK(world.actors.count<PullHistory>() == 0);
}

TEST_CASE("a participant past the last page is told to move on, and sends are stale") {
  World world;
  Joined joined;
  joined.status = PageStatus::finished;
  auto client = world.join(joined);
  CHECK(client->next_json()["type"] == "hello");
  CHECK(client->next_json()["type"] == "moved");
  client->send_text(World::send(4));
  CHECK(client->next_json()["code"] == "stale_page");
}

TEST_CASE("a browser whose history is lost is told, and the line ends") {
  World world;
  Joined joined;
  joined.history_lost = true;
  auto client = world.join(joined);
  CHECK(client->next_json()["type"] == "hello");
  CHECK(client->next_json()["type"] == "history_lost");
  CHECK(closed_with(*client) == 1000);
}

TEST_CASE("a gap in the numbers is an error and lost history") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  client->send_text(World::send(5));
  world.actors.await<ToUnit>();
  Release release = World::release({});
  release.outcomes = {{connection, "abcdefgh0001", 5, "number_gap", "sends were lost"}};
  world.actors.say(release);
  const Value error = client->next_json();
  CHECK(error["code"] == "number_gap");
  CHECK(error["n"] == 5);
  CHECK(client->next_json()["type"] == "history_lost");
  CHECK(closed_with(*client) == 1000);
}

TEST_CASE("a game's refusal reaches its sender with its number") {
  World world;
  ConnectionId connection = 0;
  auto client = world.live(1, &connection);
  Release release = World::release({});
  release.outcomes = {{connection, "abcdefgh0001", 1, "bad_message", "expected a \"number\"\n"},
                      {connection, "abcdefgh0001", 2, "", ""},
                      {connection, "abcdefgh0001", 3, "app_error", "not UTF-8: \xFF"}};
  world.actors.say(release);
  CHECK(client->next_json()["message"] == "expected a \"number\"\n");
  CHECK(client->next_json()["code"] == "app_error");
  CHECK(client->next_json().dump() == R"({"type":"ack","n":2})");
}

TEST_CASE("a server that stops says 1001") {
  World world;
  auto client = world.live();
  auto greeting = world.open();
  world.gateway->stop();
  CHECK(closed_with(*client) == 1001);
  CHECK(closed_with(*greeting) == 1001);
}
