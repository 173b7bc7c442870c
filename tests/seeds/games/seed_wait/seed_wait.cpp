// A wait page of one's own: it goes on when all have come, or two seconds after the first.
#include "actors/app.h"

namespace seed_wait {
using namespace rialto;

constexpr double patience = 2;  // seconds

struct Group : GroupOf<struct Player> {
  Field<double> first_came{this, "first_came"};
  Field<bool> all_here{this, "all_here", false};
};
struct Player : PlayerIn<Group> {
  Field<bool> here{this, "here", false};
};

Reply arrive(Player& player, const Value&) {
  Group& group = player.group();
  player.here = true;
  if (group.first_came.is_null()) group.first_came = player.now();
  for (const Player& each : group.players()) {
    if (!each.here) return {};
  }
  group.all_here = true;
  return {{everyone, {{"type", "all_here"}}}};
}

std::string still_waiting(const Player& player, const Value&) {
  const Group& group = player.group();
  if (group.all_here || player.now() - group.first_came.value_or(player.now()) >= patience)
    return "";
  return "please wait for the others";
}

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_wait",
      .players_per_group = 3,
      .pages = {{.name = "Wait", .live_method = arrive, .error_message = still_waiting},
                {.name = "Play"}},
  };
}
}  // namespace seed_wait
