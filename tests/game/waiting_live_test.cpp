// Wait pages that are more than a sentence: live messages among those who wait, and what their own
// HTML may show.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {
  Field<int> cheers{this, "cheers", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> mood{this, "mood", {.initial = 2, .choices = {{1, "Low"}, {2, "High"}}}};
};

Reply cheer(Player& player, const Value&) {
  player.group().cheers += 1;
  return broadcast({{"by", player.id_in_group()}, {"cheers", player.group().cheers}});
}

AnyApp game() {
  return App<Group, Player>{.name = "cheering",
                            .players_per_group = 3,
                            .pages = {{.name = "Begin"},
                                      wait_page({.name = "Wait",
                                                 .title_text = "A moment",
                                                 .live_method = cheer,
                                                 .js_vars = [](const Player& player) -> Value {
                                                   return {{"me", player.id_in_group()}};
                                                 }}),
                                      {.name = "Results"}}};
}

}  // namespace

TEST_CASE("who waits may send live messages, and those who come later get them") {
  Table table{game()};
  table.submit(1);
  CHECK(table.page(1) == "Wait");
  CHECK(table.js_vars(1) == Value{{"me", 1}});
  CHECK(table.live(1, "hurrah").heard(1) == Value{{"by", 1}, {"cheers", 1}});
  table.submit(2);
  CHECK(table.reload(2)[0]["cheers"] == 1);
  CHECK(table.live(2, "hurrah").heard(1)["cheers"] == 2);
  table.submit(3);
  CHECK(table.page(1) == "Results");
  CHECK(table.live(1, "too late").code() != "");
  CHECK(table.field("cheers") == 2);
  table.restart();
}

TEST_CASE("a field says the label of the choice that was taken") {
  const Player player{};
  CHECK(player.mood.display() == "High");
  CHECK(player.payoff.display() == "0");
}
