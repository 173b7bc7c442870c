// What is said in a unit's chats: who hears it, on which pages, and that it is there after a
// restart.
#include "actors/chat.h"

#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"
#include "actors/unit.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply echo(Player&, const Value& data) { return broadcast(data); }

AnyApp game() {
  return App<Group, Player>{
      .name = "game",
      .players_per_group = 3,
      .rounds = 2,
      .pages = {{.name = "Ask"}, {.name = "Talk", .live_method = echo}},
  };
}

Value line(const char* body, const char* channel = "", const char* nickname = "Ann") {
  return {{"rialto_chat", list(channel, nickname, body)}};
}

Value said(const char* body, int from = 1, const char* channel = "1.1") {
  const Value parts = {{"channel", channel}, {"from", from}, {"nickname", "Ann"}, {"body", body}};
  return {{"rialto_chat", parts}};
}

}  // namespace

TEST_CASE("a line is heard by all of the group, whatever page of the round they are on") {
  Table table{game()};
  table.submit(2);
  const auto happened = table.live(1, line("Hi"));
  CHECK(happened.code() == "");
  for (int player = 1; player <= 3; ++player) CHECK(happened.heard(player) == said("Hi"));
  CHECK(table.live(2, line("Hello")).heard(1) == said("Hello", 2));
  table.restart();
}

TEST_CASE("a group's chat is of one round, a named one of all") {
  Table table{game()};
  table.submit(2);
  table.submit(2);
  CHECK(table.round(2) == 2);
  const auto first = table.live(1, line("in round 1"));
  CHECK(first.heard(3) == said("in round 1"));
  CHECK(first.heard(2).is_null());
  CHECK(table.live(2, line("in round 2")).heard(2) == said("in round 2", 2, "2.1"));
  const auto named = table.live(1, line("to all", "market"));
  for (int player = 1; player <= 3; ++player) {
    CHECK(named.heard(player) == said("to all", 1, "market"));
  }
}

TEST_CASE("who has gone past the last page hears nothing more") {
  Table table{game()};
  for (int page = 0; page < 4; ++page) table.submit(2);
  CHECK(table.page(2) == "");
  CHECK(table.live(1, line("Hi", "market")).heard(2).is_null());
}

TEST_CASE("a line that the gateway did not make, an empty and a long one are refused") {
  Table table{game()};
  for (const Value& wrong : {Value(), Value("Hi"), list("", "Ann")}) {
    CHECK(table.live(1, Value{{"rialto_chat", wrong}}).code() == "bad_message");
  }
  CHECK(table.live(1, line(" \n")).message() == "there is nothing written in it");
  const std::string body(Limits().chat_line, 'x');
  CHECK(table.live(1, line(body.c_str())).code() == "");
  CHECK(table.live(1, line((body + "x").c_str())).code() == "bad_message");
}

TEST_CASE("a message of a game that only looks like a chat's goes to the game") {
  Table table{game()};
  table.submit(1);
  const Value data = {{"rialto_chat", list("", "Ann", "Hi")}, {"bid", 5}};
  CHECK(table.live(1, data).heard(1) == data);
}

TEST_CASE("a page shows its group's lines and the named ones, the newest of them") {
  Limits limits;
  limits.chat_shown = 2;
  const Unit::Setup setup{
      .id = UnitId::of(1, 0), .participants = {"a", "b", "c"}, .limits = &limits};
  Unit unit(game(), setup);
  unit.create(0);
  std::uint64_t number = 0;
  const auto say = [&](const Value& data) { unit.live(1, {1, 0}, "sender", ++number, data, 1); };
  for (const char* body : {"one", "two", "three"}) say(line(body));
  say(line("hear, hear", "market"));
  say(line(""));
  const auto check = [&](const Unit& looked_at) {
    const PageChats chats = looked_at.view(2, 5).chats;
    CHECK(chats.group_channel == "1.1");
    CHECK(chats.seat == 2);
    REQUIRE(chats.lines.size() == 2);
    REQUIRE(chats.lines.at("1.1").size() == 2);
    CHECK(Value::parse(chats.lines.at("1.1")[1]->payload, 4) == said("three"));
    CHECK(chats.lines.at("1.1")[0]->record == 3);
    CHECK(chats.lines.at("market").size() == 1);
  };
  check(unit);
  Unit awake(game(), setup);
  REQUIRE(awake.restore(unit.snapshot(), {}));
  check(awake);
  unit.submit(2, {1, 0}, Value::object(), 2);
  unit.submit(2, {1, 1}, Value::object(), 2);
  CHECK(unit.view(2, 5).chats.group_channel == "2.1");
  CHECK(unit.view(2, 5).chats.lines.size() == 1);
}
