// What becomes of a form when the time is up, page by page; project/in_time is the same for oTree.
#include "actors/app.h"

namespace in_time {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", {.min = 1, .max = 10}};
  Field<Money> amount{this, "amount", {.max = 10}};
  Field<bool> agree{this, "agree"};
  Field<std::string> word{this, "word"};
  Field<std::string> pick{this, "pick", {.choices = {"a", "b"}}};
  Field<double> weight{this, "weight"};
  Field<int> odd{this, "odd"};
  Field<int> low{this, "low"};
  Field<int> high{this, "high"};
  Field<int> late{this, "late"};
  Field<std::string> times{this, "times", ""};  // of each page: 1 if its time was up
};

std::string only_odd(const Player&, const int& value) { return value % 2 ? "" : "Odd, please."; }

Value in_order(const Player&, const Value& values) {
  if (values["low"].as<int>() > values["high"].as<int>()) return "Low is above high.";
  return {};
}

std::string never(const Player&, const Value&) { return "Wait for the end."; }

void note(Player& player, bool timed_out) { player.times += timed_out ? "1" : "0"; }

AnyApp app() {
  return App<Group, Player>{
      .name = "in_time",
      .doc = "One player; forms whose time is up at once, and forms that have time.",
      .players_per_group = 1,
      .pages =
          {{.name = "Many",
            .form = {&Player::number, &Player::amount, &Player::agree, &Player::word, &Player::pick,
                     &Player::weight},
            .before_next_page = note,
            .timeout = 2s},
           {.name = "Odd",
            .form = {{&Player::odd, {.error_message = only_odd}}},
            .before_next_page = note,
            .timeout = 2s},
           {.name = "Ordered",
            .form = {&Player::low, &Player::high},
            .error_message = in_order,
            .before_next_page = note,
            .timeout = 2s},
           {.name = "Guarded", .error_message = never, .before_next_page = note, .timeout = 2s},
           {.name = "Early", .form = {&Player::late}, .before_next_page = note, .timeout = 60s},
           {.name = "Untimed", .form = {&Player::late}, .before_next_page = note},
           {.name = "Results"}},
  };
}
}  // namespace in_time
