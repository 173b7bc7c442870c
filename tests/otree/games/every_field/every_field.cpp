// Every kind of field with every widget, and fields whose limits depend on the player;
// project/every_field is the same for oTree.
#include "actors/app.h"

namespace every_field {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> price{this, "price", {.min = 0, .max = 100, .label = "Which price do you ask?"}};
};
struct Player : PlayerIn<Group> {
  Field<bool> yes{this, "yes", {.label = "Yes or no?"}};
  Field<bool> tick{
      this, "tick", {.label = "You may tick this.", .blank = true, .widget = Widget::checkbox}};
  Field<std::string> word{
      this, "word", {.label = "A word", .help_text = "At most eight letters.", .max_length = 8}};
  Field<std::string> pick{this,
                          "pick",
                          {.choices = {{"a", "The first"}, {"b", "The second"}},
                           .label = "Which one?",
                           .widget = Widget::radio}};
  Field<std::string> text{
      this, "text", {.label = "Anything else?", .blank = true, .widget = Widget::text_area}};
  Field<int> whole{this, "whole", {.initial = 3, .min = 1, .max = 10, .label = "A whole number"}};
  Field<int> stars{
      this,
      "stars",
      {.choices = {1, 2, 3}, .label = "How many stars?", .widget = Widget::radio_horizontal}};
  Field<double> part{this, "part", {.min = -1, .max = 1, .label = "From -1 to 1"}};
  Field<double> tenth{this, "tenth", {.label = "To the tenth", .decimals = 1}};
  Field<Money> coin{this, "coin", {.choices = {0, 5, Money(15) / 2}, .label = "Which coin?"}};
  Field<int> maybe{this, "maybe", {.label = "If you like", .blank = true}};
  Field<int> low{this, "low"};
  Field<int> high{this, "high"};
  Field<std::string> fruit{this, "fruit", {.label = "Which fruit?"}};
  Field<int> even{this, "even", {.label = "An even number"}};
};

int whole(const Player& player) { return player.whole; }
int two_more(const Player& player) { return player.whole + 2; }

std::vector<std::pair<std::string, std::string>> fruits(const Player& player) {
  if (!player.yes.get()) return {{"plum", "plum"}};
  return {{"apple", "An apple"}, {"pear", "A pear"}};
}

std::string only_even(const Player&, const int& value) { return value % 2 ? "That is odd." : ""; }

std::vector<std::string> asked(const Player& player) {
  if (!player.yes.get()) return {"fruit"};
  return {"high", "low", "fruit", "even"};
}

Value check(const Player&, const Value& values) {
  if (!values.contains("even")) return {};
  if (values["even"] == values["low"]) {
    return {{"low", "Not the same as the even one."}, {"even", "Not the same as the low one."}};
  }
  if (values["even"].as<int>() > 100) return "Too much of it.";
  return {};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "every_field",
      .doc = "One player; every kind of field.",
      .players_per_group = 1,
      .pages = {{.name = "Ask",
                 .form = {&Player::yes, &Player::tick, &Player::word, &Player::pick, &Player::text,
                          &Player::whole, &Player::stars, &Player::part, &Player::tenth,
                          &Player::coin, &Player::maybe}},
                {.name = "Price", .form = {&Group::price}},
                {.name = "Depends",
                 .form = {{&Player::low, {.max = whole}},
                          {&Player::high, {.min = whole, .max = two_more}},
                          {&Player::fruit, {.choices = fruits}},
                          {&Player::even, {.error_message = only_even}}},
                 .form_fields = asked,
                 .error_message = check},
                {.name = "Results"}},
  };
}
}  // namespace every_field
