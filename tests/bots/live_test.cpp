// What bots say and hear on live pages.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "tests/bots/bot_world.h"

namespace {

using namespace rialto;
using namespace rialto::test;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> said{this, "said", 0};
};

Reply add(Player& player, const Value& data) {
  const int amount = data.as<int>();
  if (amount < 0) return reject("not less than nothing");
  if (amount == 13) return to(player.group().players().size() + 1, "nobody");
  player.said += 1;
  player.group().total += amount;
  if (player.group().total >= 100) player.group().move_on();
  return broadcast({{"total", player.group().total}});
}

App<Group, Player> game() {
  return App<Group, Player>{.name = "adding",
                            .players_per_group = 2,
                            .rounds = 2,
                            .pages = {{.name = "Add", .live_method = add}, {.name = "Results"}}};
}

TEST_CASE("call_live_method plays each group's live page once a round, and hears what is said") {
  int calls = 0;
  auto called = game();
  called.call_live_method = [&](const Group& group, const LiveCall& live) {
    ++calls;
    expect(live.page, "Add");
    expect(live.round_number, calls);
    const LiveReply reply = live.method(1, 5);
    expect(reply.heard(1)["total"], 5);
    expect(reply.heard(2)["total"], 5);
    expect(group.total, 5);
    expect(live.method(2, -1).code, "bad_message");
    expect(live.method(2, -1).message, "not less than nothing");
    expect(live.method(2, 13).code, "app_error");
    expect(group.player(2).said, 0);
  };
  const auto report = play_bots(called);
  CHECK(failure_of(report) == "");
  CHECK(calls == 2);
}

TEST_CASE(
    "what call_live_method expects in vain is told of the message sent last, and its player") {
  auto called = game();
  called.call_live_method = [](const Group&, const LiveCall& live) {
    live.method(1, 5);
    expect(live.method(2, 7).heard(1)["total"], 13);
  };
  const std::string text = failure_of(play_bots(called));
  CHECK(text.find("round 1, player 2 ") != text.npos);
  CHECK(text.find("expected 12 == 13") != text.npos);
  CHECK(text.find("\n  input: 7") != text.npos);
  called.call_live_method = [](const Group& group, const LiveCall&) { expect(group.total, 1); };
  CHECK(failure_of(play_bots(called)).find("input:") == std::string::npos);
}

TEST_CASE("who is not on the page cannot be spoken for") {
  auto called = game();
  called.call_live_method = [](const Group&, const LiveCall& live) { live.method(3, 1); };
  const std::string text = failure_of(play_bots(called));
  CHECK(text.find("call_live_method: player 3 is not on page Add") != text.npos);
}

TEST_CASE("a bot says what it has planned, then submits") {
  auto planned = game();
  planned.play_round = [](Bot& bot, const Player& me) {
    if (bot.on("Add")) {
      bot.say(1);
      bot.say(2);
      bot.submit();
    } else {
      expect(me.said, 2);
      expect(me.group().total, 6);
    }
  };
  const auto report = play_bots(planned);
  CHECK(failure_of(report) == "");
  CHECK(report.messages == 2 * 2 * 2);
}

TEST_CASE("strategies play until they are silent or the game moves on") {
  auto by_strategy = game();
  by_strategy.bot = [](BotPlayer&) { return std::optional<Value>(10); };
  by_strategy.play_round = [](Bot& bot, const Player& me) {
    if (bot.on("Results")) expect(me.group().total, 100);
  };
  const auto report = play_bots(by_strategy);
  CHECK(failure_of(report) == "");
  CHECK(report.messages == 2 * 10);
  auto quiet = game();
  quiet.bot = [](BotPlayer& me) {
    return me.messages_seen() < 3 ? std::optional<Value>(1) : std::nullopt;
  };
  CHECK(failure_of(play_bots(quiet)) == "");
}

TEST_CASE("a strategy that never ends is cut off, and the page is submitted") {
  auto endless = game();
  endless.bot = [](BotPlayer&) { return std::optional<Value>(0); };
  const auto report = play_bots(endless);
  CHECK(failure_of(report) == "");
  CHECK(report.messages == 2 * 2 * 100);
}

TEST_CASE("a live page with a time limit is left when the time is up") {
  auto timed = game();
  timed.pages[0].group_timeout = 30s;
  timed.bot = [](BotPlayer& me) {
    return me.messages_seen() < 3 ? std::optional<Value>(1) : std::nullopt;
  };
  const auto report = play_bots(timed);
  CHECK(failure_of(report) == "");
  CHECK(report.game_seconds == 60);
}

TEST_CASE("a live method that fails ends the run, with the message it failed on") {
  auto failing = game();
  failing.bot = [](BotPlayer&) { return std::optional<Value>(13); };
  const std::string text = failure_of(play_bots(failing));
  CHECK(text.find("adding: page Add, round 1, player 1") != text.npos);
  CHECK(text.find("\n  input: 13") != text.npos);
}

TEST_CASE("who says something on a page that takes no messages is told so") {
  auto planned = game();
  planned.play_round = [](Bot& bot) {
    if (bot.on("Results")) bot.say("hello");
  };
  const std::string text = failure_of(play_bots(planned));
  CHECK(text.find("the page takes no live messages") != text.npos);
}

}  // namespace
