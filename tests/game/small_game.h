// A group and two players with a field of each kind, on a step that tests open and close: what
// fields and logs do without a unit.
// Owned by a test, on its thread.
#pragma once

#include <memory>

#include "actors/app.h"
#include "actors/roster.h"
#include "actors/step.h"

namespace small_game {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
  Field<int> leader{this, "leader"};
  Field<std::int64_t> large{this, "large", 0};
  Field<bool> finished{this, "finished", false};
  Field<double> price{this, "price", 1.5};
  Field<std::string> board{this, "board", "   "};
  Field<Value> book{this, "book", Value::object()};
  Field<std::vector<int>> queue{this, "queue", {}};
  Field<std::vector<std::string>> names{this, "names", {"a", "b"}};
  Field<std::array<int, 3>> votes{this, "votes", {1, 2, 3}};
  Field<std::string> secret{this, "secret", {.label = "Your name?", .personal = true}};
  Field<Money> share{this, "share", {.initial = 2, .min = 0, .max = 20}};
  Log<int, Money> bids{this, "bids", {"player", "amount"}};
  Log<std::string, Value, std::vector<int>> notes{this, "notes", {"text", "value", "list"}};
};
struct Player : PlayerIn<Group> {
  Field<Money> contribution{this, "contribution", 5};
  Log<bool> clicks{this, "clicks", {"left"}};
};

// The group with its players, and the step they write to.
struct World {
  AnyApp app = App<Group, Player>{.name = "small_game", .pages = {{.name = "Play"}}};
  Step step;
  std::unique_ptr<Roster> roster = std::make_unique<Roster>(*app, 2, step);
  Group& group = static_cast<Group&>(roster->group(1, 1));
};

}  // namespace small_game
