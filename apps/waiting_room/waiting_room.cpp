// A wait page of one's own: all go on when the last has come; who has waited half a minute may go
// on without the others.
#include "actors/app.h"

namespace waiting_room {
using namespace rialto;

constexpr double patience = 30;  // seconds

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<double> came{this, "came"};  // when; null: not yet
};

int number_here(const Group& group) {
  int here = 0;
  for (const Player& player : group.players()) here += player.came.is_null() ? 0 : 1;
  return here;
}

// Nobody waits for who was dropped.
int number_awaited(const Group& group) {
  int awaited = 0;
  for (const Player& player : group.players()) awaited += player.is_dropped() ? 0 : 1;
  return awaited;
}

double seconds_left(const Player& player) {
  if (player.came.is_null()) return patience;
  return std::max(0.0, patience - (player.now() - player.came));
}

Reply come(Player& player, const Value&) {  // the page says so when it has loaded
  if (player.came.is_null()) player.came = player.now();
  Group& group = player.group();
  const int here = number_here(group);
  if (here >= number_awaited(group)) group.move_on();
  return latest("here", broadcast({{"here", here}}));
}

void go_on_without(Player& gone) {
  Group& group = gone.group();
  gone.came = nullptr;
  if (number_here(group) >= number_awaited(group) - 1) group.move_on();  // he still counts
}

std::string still_waiting(const Player& player, const Value&) {
  return seconds_left(player) > 0 ? "Please wait for the others." : "";
}

Value vars(const Player& player) {
  const Group& group = player.group();
  return {{"players", number_awaited(group)},
          {"here", number_here(group)},
          {"left", seconds_left(player)}};
}

std::optional<Value> bot(BotPlayer& me) {
  if (!me.memory().is_null()) return {};
  me.memory() = "has come";
  return Value::object();
}

AnyApp app() {
  return App<Group, Player>{
      .name = "waiting_room",
      .doc = "Three players wait for each other, but not for ever.",
      .players_per_group = 3,
      .pages =
          {{.name = "Wait", .live_method = come, .js_vars = vars, .error_message = still_waiting},
           {.name = "Start", .vars_for_template = vars}},
      .on_drop = go_on_without,
      .bot = bot,
  };
}
}  // namespace waiting_room
