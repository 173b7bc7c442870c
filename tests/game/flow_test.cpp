// The way through an app: pages that are not everyone's, wait pages, rounds, time that runs out,
// and an app that comes back with other fields.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"
#include "actors/table.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {
  Field<int> settled{this, "settled", 0};
  Field<int> drawn{this, "drawn"};
};
struct Player : PlayerIn<Group> {
  Field<int> answer{this, "answer", {.max = 10}};
  Field<bool> late{this, "late", false};
  Field<int> sum{this, "sum", 0};
};

bool must_fail = false;

void settle(Group& group) {
  group.settled += 1;
  if (must_fail) throw std::runtime_error("the game's own fault");
  for (Player& player : group.players()) {
    for (const Player& then : player.in_all_rounds()) player.sum += then.answer;
  }
}

void draw(Group& group) { group.drawn = static_cast<int>(group.random().integer(1, 6)); }
bool is_first(const Player& player) { return player.id_in_group() == 1; }
void note_late(Player& player, bool timed_out) { player.late = timed_out; }
Duration longer_later(const Player& player) {
  return player.round_number() == 1 ? Duration() : Duration(30s);
}

AnyApp game() {
  return App<Group, Player>{
      .name = "game",
      .players_per_group = 2,
      .rounds = 2,
      .roles = {"Leader", "Follower"},
      .creating_session = draw,
      .pages = {{.name = "Lead", .is_displayed = is_first},
                {.name = "Ask",
                 .form = {&Player::answer},
                 .before_next_page = note_late,
                 .timeout_now = longer_later},
                wait_page({.name = "Wait", .after_all_players_arrive = settle}),
                {.name = "End"}},
  };
}

struct MustFail {
  MustFail() { must_fail = true; }
  ~MustFail() { must_fail = false; }
};

}  // namespace

TEST_CASE("a page is seen by those it is displayed to; the others begin behind it") {
  Table table{game()};
  CHECK(table.page(1) == "Lead");
  CHECK(table.page(2) == "Ask");
  CHECK(table.submit(1).page(1) == "Ask");
}

TEST_CASE("creating_session runs for each round's group, and its draws are stored") {
  Table table{game()};
  CHECK(table.field("drawn", 1).as<int>() >= 1);
  CHECK(table.field("drawn", 2).as<int>() >= 1);
  table.restart();
}

TEST_CASE(
    "a wait page is left when all have come, its hook has run once, rounds see those before") {
  Table table{game()};
  for (int round = 1; round <= 2; ++round) {
    table.submit(1);
    table.submit(1, {{"answer", "3"}});
    CHECK(table.page(1) == "Wait");
    CHECK(table.submit(2, {{"answer", "4"}}).page(1) == "End");
    CHECK(table.field("settled", round) == 1);
    table.restart();
    table.submit(1);
    table.submit(2);
  }
  CHECK(table.field(1, "sum", 1) == 3);
  CHECK(table.field(1, "sum", 2) == 6);
  CHECK(table.field(2, "sum", 2) == 8);
  CHECK(table.page(1) == "");
}

TEST_CASE("a wait page whose hook fails has changed nothing, stays, and can be tried again") {
  Table table{game()};
  table.submit(1);
  table.submit(1, {{"answer", "3"}});
  {
    const MustFail failing;
    CHECK(table.submit(2, {{"answer", "4"}}).page(2) == "Wait");
  }
  CHECK(table.field("settled") == 0);
  CHECK(table.field(2, "answer") == 4);
  CHECK(table.submit(1).page(1) == "Wait");
  table.restart();
  CHECK(table.page(1) == "Wait");
  CHECK(table.retry().page(1) == "End");
  CHECK(table.field("settled") == 1);
  table.restart();
}

TEST_CASE("a refused form changes nothing and says why") {
  Table table{game()};
  const auto refused = table.submit(2, {{"answer", "11"}});
  CHECK(refused.code() == "form_refused");
  CHECK(refused.page(2) == "Ask");
  CHECK(table.field(2, "answer") == Value());
}

TEST_CASE(
    "a player's own time: what is missing becomes 0, the hook knows, others are not touched") {
  Table table{game()};
  CHECK(table.advance(60min).page(2) == "Ask");  // the first round has no limit
  table.submit(1);
  table.submit(1, {{"answer", "1"}});
  table.submit(2, {{"answer", "2"}});
  table.submit(1);
  table.submit(2);
  CHECK(table.round(2) == 2);
  CHECK(table.page(2) == "Ask");
  CHECK(table.advance(29s).page(2) == "Ask");
  CHECK(table.advance(4s).page(2) == "Wait");
  CHECK(table.page(1) == "Lead");
  CHECK(table.field(2, "answer", 2) == 0);
  CHECK(table.field(2, "late", 2) == true);
  CHECK(table.field(2, "late", 1) == false);
  table.restart();
}

TEST_CASE("roles are the seats' names") {
  Table table{game()};
  CHECK(table.group<Group>().player(1).role() == "Leader");
  CHECK(table.group<Group>().player(2).role() == "Follower");
}
