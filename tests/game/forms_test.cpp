#include <doctest/doctest.h>

#include "actors/form.h"
#include "tests/game/form_game.h"

using namespace form_game;

TEST_CASE("a form's values are typed and go to the columns of player and group") {
  World world{Page{.form = {&Player::age, &Player::share, &Player::name, &Group::price}}};
  const FormOutcome outcome = world.read(
      {{"age", "30"}, {"share", "0,5"}, {"name", "Ada"}, {"price", "1.005"}, {"x", "1"}});
  CHECK(outcome.errors().text() == "");
  CHECK(outcome.values() == Value{{"age", 30}, {"share", 0.5}, {"name", "Ada"}, {"price", 1.01}});
  outcome.assign(world.player());
  CHECK(world.player().age == 30);
  CHECK(world.player().share == 0.5);
  CHECK(world.player().name == "Ada");
  CHECK(world.group().price == Money::parse("1.01"));
}
