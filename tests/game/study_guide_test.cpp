// What the guide shows of a session of several apps.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/unit.h"

namespace consent {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<bool> agrees{this, "agrees", {.label = "Do you take part?"}};
};

void draw_color(Group& group) {
  for (Player& player : group.players()) {
    player.participant().set("color", player.random().chance(0.5) ? "red" : "blue");
  }
}

void pay_for_reading(Player& player) {
  if (player.config("treatment").as<std::string>() == "high") player.payoff = 2;
}

std::string after_consent(const Player& player, const std::vector<std::string>& upcoming) {
  return player.agrees ? "" : upcoming.back();
}

AnyApp app() {
  return App<Group, Player>{
      .name = "consent",
      .players_per_group = 1,
      .creating_session = draw_color,
      .pages = {{.name = "Consent",
                 .form = {&Player::agrees},
                 .before_next_page = pay_for_reading,
                 .app_after_this_page = after_consent}},
  };
}
}  // namespace consent

namespace {
using namespace rialto;

const Limits limits;

LetGo answered(const char* answer) {
  Unit::Setup setup{UnitId::of(1, 0), {"aa"}, 1, &limits, nullptr};
  setup.config = std::make_shared<const Value>(Value{{"treatment", "high"}});
  setup.apps_after = {"auction", "payment"};
  Unit unit(consent::app(), setup);
  unit.create(1);
  const StepResult gone = unit.submit(1, {1, 0}, {{"agrees", answer}}, 2);
  CHECK(unit.baggage(1)["earlier"] == Money(2));
  CHECK(unit.baggage(1)["vars"].contains("color"));
  return gone.record->let_go.at(0);
}

TEST_CASE("who does not agree goes straight to the last app, who does to the next") {
  CHECK(answered("True").to_app == "auction");
  CHECK(answered("False").to_app == "payment");
}

}  // namespace
