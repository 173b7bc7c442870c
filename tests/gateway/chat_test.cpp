// {{ chat }} in a page, and what its lines must carry to be taken.
#include "actors/chat.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <future>

#include "gateway/chat_envelope.h"
#include "tests/gateway/world.h"

using namespace rialto;
using namespace rialto::test;

namespace {

std::function<void(GatewayOptions&)> page_is(std::string text, bool named_channels = true) {
  return [text = std::move(text), named_channels](GatewayOptions& options) {
    std::ofstream(std::filesystem::path(options.apps[0].folder) / "Bid.html") << text;
    options.apps[0].names["Bid"].named_channels = named_channels;
  };
}

std::shared_ptr<const SaidLine> line(std::uint64_t record, const char* channel, const char* body) {
  const std::string payload = chat_payload(channel, 2, {channel, "Bob", body});
  return std::make_shared<const SaidLine>(SaidLine{record, 0, payload});
}

// The page of a player 1 in group channel 1.3, or in none.
std::string bid_page(World& world, std::string group_channel = "1.3") {
  Client client(world.port());
  auto response = std::async(std::launch::async, [&] {
    return client.request("GET", "/p/alice/auction/Bid/1-0", world.cookie("alice"));
  });
  PageAnswer answer{world.actors.await<OpenPage>().request, PageStatus::page, {}};
  answer.view.app = "auction";
  answer.view.page = "Bid";
  answer.view.ref = page;
  answer.view.vars = {{"player", {{"id_in_group", 1}, {"alias", "A </script> & B"}}}};
  answer.view.chats = {std::move(group_channel), 1, {}};
  answer.view.chats.lines = {{"1.3", {line(5, "1.3", "</script>one"), line(7, "1.3", "two")}},
                             {"market", {line(6, "market", "sell")}}};
  world.actors.say(answer);
  return response.get().body;
}

// What the page's script is told of the chat.
Value config_of(const std::string& body) {
  const std::string begin = "rialto-chat\">\n<script type=\"application/json\">";
  const std::size_t from = body.find(begin) + begin.size();
  return Value::parse(body.substr(from, body.find("</script>", from) - from), 8);
}

Links::ChatPlace place(const char* channel, const char* nickname) {
  return {"alice", "1-0", channel, nickname};
}

}  // namespace

TEST_CASE("a page shows its group's chat with what was said, under the player's number") {
  World world(page_is("{{ chat }}"));
  const std::string body = bid_page(world);
  CHECK(body.find("/static/chat.js?v=") != body.npos);
  const Value config = config_of(body);
  CHECK(config["channel"] == "");
  CHECK(config["hears"] == "1.3");
  CHECK(config["nickname"] == "Participant 1");
  CHECK(config["me"] == "Participant 1 (you)");
  CHECK(config["key"] == world.gateway->links().chat_key(place("", "Participant 1")));
  REQUIRE(config["lines"].size() == 2);
  CHECK(config["lines"][0]["body"] == "</script>one");
  CHECK(config["lines"][1]["nickname"] == "Bob");
}

TEST_CASE("a chat with a channel and a nickname of its own") {
  World world(page_is("{{ chat channel='market' nickname=player.alias }}"));
  const Value config = config_of(bid_page(world));
  CHECK(config["hears"] == "market");
  CHECK(config["nickname"] == "A </script> & B");
  CHECK(config["lines"].size() == 1);
}

TEST_CASE("who is in no group yet has no chat, and the page is there all the same") {
  World world(page_is("<p>Welcome</p>{{ chat }}"));
  const std::string body = bid_page(world, "");
  CHECK(body.find("<p>Welcome</p>") != body.npos);
  CHECK(body.find("rialto-chat\"") == body.npos);
}

TEST_CASE("a channel by name in an app of groups on their own is refused when the server starts") {
  try {
    const World world(page_is("{{ chat channel='market' }}", false));
    FAIL("the server started");
  } catch (const std::exception& error) {
    CHECK(std::string(error.what()) ==
          "auction/Bid.html line 1: a chat's channel reaches all groups of the app, and here each "
          "group is played for itself: without a channel, {{ chat }} is the group's own\n"
          "    {{ chat channel='market' }}");
  }
}

TEST_CASE("a line is taken from the page it was made for, and under its nickname alone") {
  const Links links("secret", {});
  const auto sent = [&](const char* channel, const char* nickname, const std::string& key) {
    return Value{{"rialto_chat",
                  {{"channel", channel}, {"nickname", nickname}, {"key", key}, {"body", "Hi"}}}};
  };
  const auto checked = [&](const Value& data) {
    return checked_chat(links, "alice", PageRef{1, 0}, data);
  };
  const Value refused = {{"rialto_chat", Value()}};
  const std::string key = links.chat_key(place("market", "Ann"));
  CHECK(checked(sent("market", "Ann", key)) == Value{{"rialto_chat", list("market", "Ann", "Hi")}});
  CHECK(checked(sent("market", "Bob", key)) == refused);
  CHECK(checked(sent("", "Ann", key)) == refused);
  CHECK(checked_chat(links, "bob", PageRef{1, 0}, sent("market", "Ann", key)) == refused);
  CHECK(checked_chat(links, "alice", PageRef{1, 1}, sent("market", "Ann", key)) == refused);
  // Not even a page that knows how the actors take a line can make one.
  CHECK(checked(Value{{"rialto_chat", list("market", "Ann", "Hi")}}) == refused);
  CHECK(checked(Value{{"rialto_chat", 5}}) == refused);
  CHECK(checked(Value{{"bid", 5}}) == Value{{"bid", 5}});
}

TEST_CASE("lines go to the unit checked, by the line and with a submit") {
  World world;
  auto client = world.live();
  client->send_text(R"({"type":"send","n":1,"data":{"rialto_chat":["","Ann","Hi"]}})");
  const Value refused = {{"rialto_chat", Value()}};
  CHECK(world.actors.await<ToUnit>().inputs.inputs.at(0).data == refused);
  Client http(world.port());
  Client::Headers headers = world.cookie("alice");
  headers.emplace_back("Content-Type", "application/x-www-form-urlencoded");
  auto response = std::async(std::launch::async, [&] {
    return http.request(
        "POST", "/p/alice/auction/Bid/1-0", headers,
        R"(rialto_pending=[{"type":"send","n":1,"sender":"abcdefgh","page":"auction/1-0",)"
        R"("data":{"rialto_chat":["","Ann","Hi"]}}])");
  });
  const auto submit = world.actors.await<SubmitPage>();
  world.actors.say(PageAnswer{submit.request, PageStatus::finished, {}});
  CHECK(submit.pending.at(0).data == refused);
  CHECK(response.get().status == 303);
}
