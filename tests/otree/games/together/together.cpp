// Two groups of two; a page that shows all that a template may ask of the others. project/together
// is the same for oTree.
#include "actors/app.h"

namespace together {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total"};
};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", {.choices = {{1, "one"}, {2, "two"}, {3, "three"}}}};
  Field<std::string> note{this, "note"};
};
struct Subsession : SubsessionOf<Group> {
  Field<int> sum{this, "sum"};
};

void color(Group& group) {
  for (Player& player : group.players()) {
    player.participant().set("color", player.id_in_group() == 1 ? "red" : "blue");
  }
}

void add_up(Subsession& all) {
  int sum = 0;
  for (Group& group : all.groups()) {
    int total = 0;
    for (Player& player : group.players()) total += player.number;
    group.total = total;
    for (Player& player : group.players()) player.payoff = total;
    sum += total;
  }
  all.sum = sum;
}

AnyApp app() {
  return App<Group, Player, Subsession>{
      .name = "together",
      .doc = "Two groups of two look at each other.",
      .players_per_group = 2,
      .rounds = 2,
      .roles = {"First", "Second"},
      .demo_participants = 4,
      .creating_session = color,
      .pages = {{.name = "Choose", .form = {&Player::number}},
                wait_page({.name = "Wait", .after_all_players_arrive = add_up}),
                {.name = "Look"}},
  };
}
}  // namespace together
