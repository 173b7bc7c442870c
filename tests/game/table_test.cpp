#include "actors/table.h"

#include <doctest/doctest.h>

#include "actors/app.h"

namespace {

using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> steps{this, "steps", 0};
  Log<double> times{this, "times", {"now"}};
};
struct Player : PlayerIn<Group> {};

// "fail" throws after it has changed things, "move" moves the sender, "all" everyone.
Reply act(Player& player, const Value& data) {
  Group& group = player.group();
  group.steps += 1;
  group.times.append(player.now());
  print("step", group.steps, data);
  if (data == "bad") throw BadMessage("That was bad.");
  if (data == "no") return reject("No.");
  if (data == "fail") throw std::runtime_error("a bug");
  if (data == "nobody") return to(9, 1);
  if (data == "move") player.move_on();
  if (data == "all") group.move_on();
  if (data == "news") return broadcast(data) + latest("count", broadcast(group.steps));
  if (data == "mine") return transient(to(player, data));
  if (data == "end") return latest("count", broadcast(nullptr));
  return broadcast(data);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "x",
      .players_per_group = 2,
      .pages = {{.name = "A", .live_method = act, .group_timeout = 10s},
                {.name = "B", .live_method = act, .history = History::none, .group_timeout = 5s},
                {.name = "C"}},
      .bot = [](BotPlayer& me) -> std::optional<Value> {
        if (me.messages_seen() >= 4) return {};
        return Value(static_cast<int>(me.messages_seen()));
      },
  };
}

}  // namespace

TEST_CASE("a handler that throws changes nothing, tells nobody and prints nothing") {
  Table table{app()};
  table.live(1, "ok");
  for (const char* message : {"bad", "no", "fail", "nobody"}) {
    const auto refused = table.live(2, message);
    const bool no = message == std::string("bad") || message == std::string("no");
    CHECK(refused.code() == (no ? "bad_message" : "app_error"));
    CHECK(refused.all_heard(1).empty());
    CHECK(refused.all_heard(2).empty());
    CHECK(!refused.empty());
  }
  CHECK(table.field("steps") == 1);
  CHECK(table.rows("times").size() == 1);
  CHECK(table.printed() == std::vector<std::string>{"step 1 ok"});
  CHECK(table.live(2, "bad").message() == "That was bad.");
  CHECK(table.live(2, "no").message() == "No.");
}

TEST_CASE("who is on another page hears nothing of this one") {
  Table table{app()};
  CHECK(table.live(1, "move").page(1) == "B");
  const auto said = table.live(2, "hello");
  CHECK(said.heard(2) == "hello");
  CHECK(said.all_heard(1).empty());
  CHECK(table.page(2) == "A");
}

TEST_CASE("a step that moves everyone on is still heard by those it moves") {
  Table table{app()};
  const auto said = table.live(1, "all");
  CHECK(said.heard(2) == "all");
  CHECK(said.page(2) == "B");
}

TEST_CASE("timeouts happen when they are due, one after the other") {
  Table table{app()};
  CHECK(table.advance(9s).empty());
  CHECK(table.advance(1s).page(2) == "B");
  CHECK(table.advance(4s).page(2) == "B");
  CHECK(table.advance(100s).page(2) == "C");
  Table other{app()};
  CHECK(other.advance(100s).page(1) == "C");
}

TEST_CASE("a page loaded again is told what is kept of its past") {
  Table table{app()};
  table.live(1, "news");
  table.live(2, "mine");
  table.live(2, "news");
  CHECK(table.reload(1) == list("news", "news", 2 + 1));
  CHECK(table.reload(2) == table.reload(1));
  table.live(1, "end");
  CHECK(table.reload(1) == list("news", "news"));
  table.live(1, "all");
  table.live(1, "hello");
  CHECK(table.reload(1).empty());  // History::none
}

TEST_CASE("a restart brings everything back, and the game goes on") {
  Table table{app()};
  table.live(1, "news");
  table.live(2, "fail");
  table.live(2, "bad");
  table.advance(3s);
  table.live(2, "move");
  table.restart();
  CHECK(table.field("steps") == 2);
  CHECK(table.page(2) == "B");
  CHECK(table.reload(1).size() == 3);
  CHECK(table.live(1, "ok").code().empty());
  CHECK(table.group<Group>().times.size() == 3);
  CHECK(table.advance(7s).page(1) == "B");
  table.restart();
}

TEST_CASE("time is the table's and the same throughout a step") {
  Table table{app()};
  table.live(1, 1);
  table.advance(1500ms);
  table.live(1, 2);
  const double waited =
      table.rows("times")[1][0].as<double>() - table.rows("times")[0][0].as<double>();
  CHECK(waited == doctest::Approx(1.5));
}

TEST_CASE("bots answer what they hear until they have nothing to say") {
  Table table{app()};
  const auto played = table.play_bots(100);
  CHECK(played.all_heard(1).size() == table.rows("times").size());
  CHECK(table.rows("times").size() >= 4);
  CHECK(table.rows("times").size() < 100);
  Table same{app()};
  same.play_bots(100);
  CHECK(same.records() == table.records());
}

TEST_CASE("past the last page there is no page") {
  Table table{app()};
  for (int i = 0; i < 3; ++i) table.submit(1);
  CHECK(table.page(1).empty());
  CHECK(table.submit(1).empty());
  CHECK(table.live(1, 1).code() == "wrong_page");
}
