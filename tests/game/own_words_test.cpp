// What apps/README.md says about a game's own words for what it does not take.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace {

using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest{this, "highest", 0};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  if (!data.contains("bid")) return reject("Please enter your bid.");
  const Value& bid = data["bid"];
  if (!bid.is_number()) return reject("Please enter your bid as a number, like 12.50.");
  player.group().highest = bid.as<Money>();
  return broadcast(player.group().highest);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "own_words", .players_per_group = 2, .pages = {{.name = "Bid", .live_method = bid}}};
}

TEST_CASE("a game that asks before it reads says no in its own words") {
  Table table{app()};
  CHECK(table.live(1, Value::object()).message() == "Please enter your bid.");
  CHECK(table.live(1, {{"bid", nullptr}}).message() ==
        "Please enter your bid as a number, like 12.50.");
  CHECK(table.live(1, {{"bid", 12.5}}).heard(2) == 12.5);
}

}  // namespace
