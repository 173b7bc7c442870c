// The game of the guide's section on forms (apps/README.md), as it stands there.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/form.h"
#include "actors/roster.h"
#include "actors/step.h"

namespace form_guide {
using namespace rialto;

constexpr int endowment = 20;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<Money> contribution{
      this, "contribution", {.max = endowment, .label = "How much do you give?"}};
  Field<int> age{this, "age", {.min = 18, .max = 99, .label = "How old are you?"}};
  Field<int> trust{this,
                   "trust",
                   {.choices = {{1, "Not at all"}, {2, "A little"}, {3, "Fully"}},
                    .label = "Do you trust the others?",
                    .widget = Widget::radio}};
  Field<std::string> remarks{this, "remarks", {.blank = true, .widget = Widget::text_area}};
  Field<Money> bonus{this, "bonus", 0};
};

Money most(const Player& player) { return endowment + player.bonus; }

std::string no_odd_amounts(const Player&, const Money& value) {
  return value == 13 ? "13 brings bad luck." : "";
}

Value check(const Player&, const Value& values) {
  if (values["age"].as<int>() < 30 && values["trust"] == 3) return {{"trust", "Really?"}};
  return {};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "form_guide",
      .pages = {{.name = "Contribute",
                 .form = {{&Player::contribution, {.max = most, .error_message = no_odd_amounts}}}},
                {.name = "Survey",
                 .form = {&Player::age, &Player::trust, &Player::remarks},
                 .error_message = check}},
  };
}

}  // namespace form_guide

TEST_CASE("the guide's forms do what the guide says") {
  using namespace form_guide;
  const AnyApp game = app();
  Step step;
  const Roster roster(*game, 1, step);
  step.open(0, 1);
  auto& player = static_cast<Player&>(roster.player(1, 1));
  player.bonus = 5;
  const PageModel& contribute = game->pages[0];
  CHECK(read_form(contribute, player, {{"contribution", "25"}}).accepted());
  CHECK(read_form(contribute, player, {{"contribution", "26"}}).errors().text() ==
        "contribution: Please enter a number from 0 to 25.");
  CHECK(read_form(contribute, player, {{"contribution", "13"}}).errors().text() ==
        "contribution: 13 brings bad luck.");
  const Value trusting{{"age", "20"}, {"trust", "3"}};
  CHECK(read_form(game->pages[1], player, trusting).errors().text() == "trust: Really?");
}
