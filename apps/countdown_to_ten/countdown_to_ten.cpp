// The group stays on the page until it has sent ten messages; the tenth moves everyone on, whether
// their browsers are there or not.
#include "actors/app.h"

namespace countdown_to_ten {
using namespace rialto;

constexpr int needed = 10;

struct Group : GroupOf<struct Player> {
  Field<int> num_messages{this, "num_messages", 0};
  Field<bool> game_finished{this, "game_finished", false};
};
struct Player : PlayerIn<Group> {};

Reply count(Player& player, const Value&) {
  Group& group = player.group();
  group.num_messages += 1;
  if (group.num_messages < needed) {
    return latest("count", broadcast({{"type", "count"}, {"num_messages", group.num_messages}}));
  }
  group.game_finished = true;
  group.move_on();
  return broadcast({{"type", "game_finished"}});
}

// Stops who submits the page by hand.
std::string stay(const Player& player, const Value&) {
  return player.group().game_finished ? "" : "You need to stay until 10 messages are sent.";
}

std::optional<Value> bot(BotPlayer&) { return "one more"; }

AnyApp app() {
  return App<Group, Player>{
      .name = "countdown_to_ten",
      .doc = "Two players stay on the page until they have sent ten messages together.",
      .players_per_group = 2,
      .pages = {{.name = "Count", .live_method = count, .error_message = stay},
                {.name = "Results"}},
      .bot = bot,
  };
}
}  // namespace countdown_to_ten
