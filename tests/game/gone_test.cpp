// Players who are gone (rules.md 23): the others play on, and he is carried to the end.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"
#include "actors/table.h"
#include "actors/unit.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
  Field<int> dropped{this, "dropped", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> gift{this, "gift", {.max = 10}};
};

bool must_fail = false;

struct MustFail {
  MustFail() { must_fail = true; }
  ~MustFail() { must_fail = false; }
};

void add_up(Group& group) {
  for (const Player& player : group.players()) {
    if (!player.is_dropped()) group.total += player.gift;
  }
}

Duration patience(const Player& player) { return player.is_present() ? 60s : 1s; }

void pay_for_coming(Player& player) { player.payoff = 7; }

void note_drop(Player& player) {
  player.group().dropped += 1;
  pay_for_coming(player);
  if (must_fail) throw std::runtime_error("the game's own fault");
}

Reply say(Player&, const Value& data) { return broadcast(data); }

AnyApp gifts() {
  return App<Group, Player>{
      .name = "gifts",
      .players_per_group = 3,
      .rounds = 3,
      .pages = {{.name = "Give", .form = {&Player::gift}, .timeout_now = patience},
                wait_page({.name = "Wait", .after_all_players_arrive = add_up}),
                {.name = "Result", .timeout = 30s}},
      .on_drop = note_drop,
  };
}

}  // namespace

TEST_CASE(
    "who closes the browser on the first page is carried through all rounds, and the others play "
    "on") {
  Table table{gifts()};
  table.leave(3);
  for (int round = 1; round <= 3; ++round) {
    CHECK(table.round(1) == round);
    table.submit(1, {{"gift", "4"}});
    table.submit(2, {{"gift", "5"}});
    table.advance(round == 1 ? 62s : 46s);
    CHECK(table.page(1) == "Result");
    CHECK(table.field("total", round) == 9);
    table.submit(1);
    table.submit(2);
    table.restart();
  }
  table.advance(60s);
  for (int player = 1; player <= 3; ++player) CHECK(table.page(player) == "");
}

TEST_CASE(
    "a page that a player was pushed to waits ten seconds for a browser, then its time runs") {
  Table table{gifts()};
  for (int player = 1; player <= 3; ++player) table.submit(player, {{"gift", "1"}});
  CHECK(table.page(3) == "Result");
  table.leave(3);
  table.submit(1);
  table.submit(2);
  table.submit(1, {{"gift", "1"}});
  table.submit(2, {{"gift", "1"}});
  table.advance(32s);  // the time of his Result page, which he has seen
  CHECK(table.round(3) == 2);
  CHECK(table.page(3) == "Give");
  table.restart();
  CHECK(table.advance(9s).page(3) == "Give");
  CHECK(table.advance(3900ms).page(3) == "Give");
  CHECK(table.advance(200ms).page(3) == "Result");  // a second for who is gone, and two to hand in
  table.restart();
}

TEST_CASE("who comes within the ten seconds has all of his time; who comes later what is left") {
  Table table{gifts()};
  for (int player = 1; player <= 3; ++player) table.submit(player, {{"gift", "1"}});
  table.leave(2);
  table.leave(3);
  table.submit(1);
  table.advance(32s);
  table.advance(5s);
  CHECK(table.page(2) == "Give");
  table.come_back(2);
  table.advance(6s);
  CHECK(table.page(3) == "Give");
  table.come_back(3);
  CHECK(table.group<Group>().player(3).is_present());
  CHECK(table.advance(2500ms).page(3) == "Wait");
  CHECK(table.advance(30s).page(2) == "Give");
  CHECK(table.advance(40s).page(2) == "Result");
  table.restart();
}

TEST_CASE("the experimenter moves on who stays, as if his time were up") {
  Table table{gifts()};
  table.submit(1, {{"gift", "4"}});
  table.submit(2, {{"gift", "5"}});
  CHECK(table.advance_player(3).page(3) == "Result");
  CHECK(table.field(3, "gift") == 0);
  CHECK(table.field("total") == 9);
  table.advance_player(3);
  CHECK(table.round(3) == 2);
  table.restart();
}

TEST_CASE("on a wait page nobody can be moved on") {
  Table table{gifts()};
  table.submit(1, {{"gift", "4"}});
  CHECK(table.advance_player(1).empty());
  CHECK(table.page(1) == "Wait");
  table.restart();
}

TEST_CASE("nobody waits for who was dropped; the game hears of it; his payoff stays") {
  Table table{gifts()};
  table.submit(1, {{"gift", "4"}});
  table.submit(2, {{"gift", "5"}});
  CHECK(table.page(1) == "Wait");
  CHECK(table.drop(3).page(1) == "Result");
  CHECK(table.page(3) == "");
  CHECK(table.field("total") == 9);
  CHECK(table.field("dropped") == 1);
  CHECK(table.field(3, "payoff") == 7);
  table.restart();
  for (int round = 1; round <= 3; ++round) {
    for (int player = 1; player <= 2; ++player) {
      if (table.page(player) == "Give") table.submit(player, {{"gift", "1"}});
    }
    for (int player = 1; player <= 2; ++player) table.submit(player);
  }
  CHECK(table.page(1) == "");
  CHECK(table.field("total", 3) == 2);
  table.restart();
}

TEST_CASE("who was dropped is dropped once, and takes no part in anything") {
  Table table{gifts()};
  table.drop(3);
  CHECK(table.drop(3).empty());
  CHECK(table.advance_player(3).empty());
  CHECK(table.live(3, 1).code() == "wrong_page");
  CHECK(table.field("dropped") == 1);
  table.advance(600s);
  CHECK(table.page(3) == "");
  table.restart();
}

TEST_CASE("an on_drop that fails has changed nothing; he is dropped when it is tried again") {
  Table table{gifts()};
  table.submit(1, {{"gift", "4"}});
  table.submit(2, {{"gift", "5"}});
  {
    const MustFail failing;
    CHECK(table.drop(3).code() == "app_error");
  }
  CHECK(table.page(3) == "Give");
  CHECK(table.page(1) == "Wait");
  CHECK(table.field("dropped") == 0);
  CHECK(!table.group<Group>().player(3).is_dropped());
  table.restart();
  CHECK(table.retry().page(1) == "Result");
  CHECK(table.field("dropped") == 1);
  table.restart();
}

TEST_CASE("a group's time begins without who was dropped") {
  const AnyApp app = App<Group, Player>{
      .name = "talk",
      .players_per_group = 3,
      .pages = {{.name = "Read"},
                {.name = "Talk", .live_method = say, .group_timeout = 60s},
                {.name = "End"}},
      .on_drop = pay_for_coming,
  };
  Table table{app};
  table.submit(1);
  table.submit(2);
  CHECK(table.advance(600s).page(1) == "Talk");
  table.drop(3);
  CHECK(table.advance(59s).page(1) == "Talk");
  CHECK(table.advance(1s).page(1) == "End");
  table.restart();
}

TEST_CASE("a group's time that runs already goes on when somebody is dropped") {
  const AnyApp app = App<Group, Player>{
      .name = "talk",
      .players_per_group = 3,
      .pages = {{.name = "Talk", .live_method = say, .group_timeout = 60s}, {.name = "End"}},
  };
  Table table{app};
  table.advance(50s);
  table.drop(3);
  CHECK(table.advance(9s).page(1) == "Talk");
  CHECK(table.advance(1s).page(1) == "End");
  table.restart();
}

TEST_CASE("who is to begin a session may take his time, also where a page is not shown to him") {
  const AnyApp app = App<Group, Player>{
      .name = "late",
      .players_per_group = 1,
      .pages = {{.name = "Hidden", .is_displayed = [](const Player&) { return false; }},
                {.name = "First", .timeout = 30s},
                {.name = "End"}},
  };
  static const Limits limits;
  Unit unit(app, {UnitId::of(1, 0), {"aa"}, 1, &limits, nullptr});
  unit.create(1);
  CHECK(unit.deadline() == 0);
  CHECK(unit.page_of(1) == PageRef{1, 1});
}

TEST_CASE("a group's time starts a moment after the others are there: one vanished on the way") {
  const AnyApp app = App<Group, Player>{
      .name = "talk",
      .players_per_group = 3,
      .pages = {{.name = "Read"},
                wait_page({.name = "Wait"}),
                {.name = "Talk", .live_method = say, .group_timeout = 60s},
                {.name = "End"}},
  };
  Table table{app};
  table.submit(3);
  table.leave(3);  // while he waits
  table.submit(1);
  table.submit(2);
  CHECK(table.page(3) == "Talk");
  CHECK(table.advance(69s).page(1) == "Talk");
  table.restart();
  const auto ended = table.advance(1s);
  for (int player = 1; player <= 3; ++player) CHECK(ended.page(player) == "End");
  table.restart();
}
