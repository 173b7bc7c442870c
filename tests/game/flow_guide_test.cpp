// The game of the guide's sections on rounds and timeouts (apps/README.md), as it stands there.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace flow_guide {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> price{this, "price"};
};
struct Player : PlayerIn<Group> {
  Field<Money> offer{this, "offer", {.max = 10}};
  Field<bool> too_late{this, "too_late", false};
};

void draw_price(Group& group) { group.price = Money(group.random().integer(1, 10)); }

Duration less_each_round(const Player& player) {
  if (player.round_number() == 1) return {};  // no limit
  return 60s / player.round_number();
}

void note_who_was_late(Player& player, bool timed_out) { player.too_late = timed_out; }

bool is_last_round(const Player& player) { return player.round_number() == 3; }

Value total(const Player& player) {
  Money total = 0;
  for (const Player& then : player.in_all_rounds()) total += then.offer;
  return {{"total", total}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "flow_guide",
      .players_per_group = 2,
      .rounds = 3,
      .creating_session = draw_price,
      .pages = {{.name = "Offer",
                 .form = {&Player::offer},
                 .before_next_page = note_who_was_late,
                 .timeout_now = less_each_round,
                 .timer_text = "The offer ends in:"},
                {.name = "Total", .is_displayed = is_last_round, .vars_for_template = total}},
  };
}

}  // namespace flow_guide

TEST_CASE("the guide's rounds and timeouts do what the guide says") {
  using namespace flow_guide;
  Table table{app()};
  for (int round = 1; round <= 3; ++round) CHECK(table.field("price", round).as<int>() >= 1);
  CHECK(table.advance(60min).page(1) == "Offer");
  CHECK(table.submit(1, {{"offer", "4"}}).page(1) == "Offer");
  CHECK(table.round(1) == 2);
  CHECK(table.advance(29s).page(1) == "Offer");
  CHECK(table.round(1) == 2);
  table.advance(5s);
  CHECK(table.round(1) == 3);
  CHECK(table.field(1, "too_late", 2) == true);
  CHECK(table.field(1, "offer", 2) == 0);
  CHECK(table.submit(1, {{"offer", "5"}}).page(1) == "Total");
  CHECK(table.field(1, "too_late", 3) == false);
  CHECK(table.round(2) == 1);
}
