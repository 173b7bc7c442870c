// What stands for a number in a game: a number in every way, and text beside a text.
#include "actors/ordinal.h"

#include <doctest/doctest.h>

#include <map>

#include "actors/app.h"
#include "actors/table.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> count{this, "count", 2};
};
struct Player : PlayerIn<Group> {
  Field<std::string> said{this, "said", ""};
};

Value shown_to(const Player& player) {
  std::map<int, int> by_id{{1, 10}, {2, 20}};
  int by_switch = 0;
  switch (player.id_in_group()) {
    case 2:
      by_switch = 5;
      break;
    default:
      break;
  }
  std::string text = "Player " + player.id_in_group();
  text += " of " + player.group().count + " in round ";
  text += player.round_number();
  std::string counted = std::string("count ") + player.group().count;
  counted += player.group().count;
  return {{"text", text},
          {"counted", counted},
          {"before", player.id_in_group() + " is me"},
          {"sum", player.id_in_group() + player.round_number() + player.group().count},
          {"double", player.id_in_group() * 1.5},
          {"money", Money(2) * player.id_in_group()},
          {"looked_up", by_id[player.id_in_group()]},
          {"larger", max(player.id_in_group(), 7)},
          {"switched", by_switch},
          {"is_two", Value(2) == player.id_in_group()},
          {"odd", player.id_in_group() % 2 == 1}};
}

}  // namespace

TEST_CASE("a player's number is a number in sums, and text beside a text") {
  Table table{App<Group, Player>{
      .name = "x", .players_per_group = 2, .pages = {{.name = "One", .js_vars = shown_to}}}};
  const Value seen = table.js_vars(2);
  CHECK(seen["text"] == "Player 2 of 2 in round 1");
  CHECK(seen["counted"] == "count 22");
  CHECK(seen["before"] == "2 is me");
  CHECK(seen["sum"] == 5);
  CHECK(seen["double"] == 3);
  CHECK(seen["money"] == 4);
  CHECK(seen["looked_up"] == 20);
  CHECK(seen["larger"] == 7);
  CHECK(seen["switched"] == 5);
  CHECK(seen["is_two"] == true);
  CHECK(seen["odd"] == false);
}
