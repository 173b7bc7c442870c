// A game with a field of each kind that a form may ask for, on a group and a player that tests
// hold. Owned by a test, on its thread.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actors/app.h"
#include "actors/form.h"
#include "actors/roster.h"
#include "actors/step.h"

namespace form_game {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> price{this, "price", {.max = 50, .label = "The price?"}};
  Field<int> endowment{this, "endowment", 20};
};
struct Player : PlayerIn<Group> {
  Field<int> age{this, "age", {.min = 18, .max = 99, .label = "How old are you?"}};
  Field<std::int64_t> large{this, "large", {.min = no_limit}};
  Field<double> share{this, "share", {.max = 1.5, .help_text = "A part of it"}};
  Field<double> part{this, "part", {.min = -1, .max = 1}};
  Field<double> weight{this, "weight", {.decimals = 2}};
  Field<std::string> name{this, "name", {.label = "Your name?", .max_length = 5, .personal = true}};
  Field<std::string> comment{this, "comment", {.blank = true, .widget = Widget::text_area}};
  Field<bool> sure{this, "sure"};
  Field<bool> agree{this, "agree", {.label = "I agree to take part.", .widget = Widget::checkbox}};
  Field<bool> news{this, "news", {.blank = true, .widget = Widget::checkbox}};
  Field<int> level{this, "level", {.choices = {{1, "Low"}, {2, "High"}}, .widget = Widget::radio}};
  Field<int> mark{this, "mark", {.choices = {1, 2, 3, 4, 5}, .widget = Widget::radio_horizontal}};
  Field<std::string> color{this, "color", {.choices = {"red", "blue"}}};
  Field<Money> pay{this, "pay", {.choices = {0, 5, Money::parse("7.5")}}};
  Field<int> mood{this,
                  "mood",
                  {.max = 10,
                   .label = "How do you feel now?",
                   .help_text = "0 is bad, 10 is great.",
                   .widget = Widget::slider}};
  Field<Money> offer{this, "offer"};
  Field<int> extra{this, "extra", {.initial = 7, .blank = true}};
};

using Page = PageOf<Group, Player>;

// A group of two, and a page of the app that `pages` are given to.
class World {
 public:
  explicit World(Page page) {
    page.name = "Page";
    app_ = App<Group, Player>{.name = "form_game", .pages = {std::move(page)}};
    roster_ = std::make_unique<Roster>(*app_, 2, step);
    step.open(0, 1);
  }

  const PageModel& page() const { return app_->pages.front(); }
  Player& player() { return static_cast<Player&>(roster_->player(1, 1)); }
  Group& group() { return static_cast<Group&>(roster_->group(1, 1)); }

  FormOutcome read(const Value& raw) { return read_form(page(), player(), raw); }
  FormOutcome time_out(const Value& raw) { return form_on_timeout(page(), player(), raw); }
  // What is wrong, in one line; "" if nothing is.
  std::string wrong(const Value& raw) { return read(raw).errors().text(); }
  // The form as the page shows it; `name`'s part of it.
  Value shown(const Value& raw = {}, const FormErrors& errors = {}) {
    return describe_form(page(), player(), raw, errors);
  }
  Value shown_field(std::string_view name, const Value& raw = {}) {
    const Value form = shown(raw);
    for (const Value& field : form["fields"]) {
      if (field["name"] == name) return field;
    }
    throw std::invalid_argument("no such field");
  }

  Step step;

 private:
  AnyApp app_;
  std::unique_ptr<Roster> roster_;
};

}  // namespace form_game
