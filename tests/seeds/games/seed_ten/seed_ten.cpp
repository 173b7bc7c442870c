// Nobody leaves before ten messages were sent, in the newer and in the oldest text's way.
#include "actors/app.h"

namespace seed_ten {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> num_messages{this, "num_messages", 0};
  Field<bool> game_finished{this, "game_finished", false};
  Field<int> old_messages{this, "old_messages", 0};
};
struct Player : PlayerIn<Group> {};

Reply count(Player& player, const Value&) {
  Group& group = player.group();
  group.num_messages += 1;
  if (group.num_messages < 10) return {};
  group.game_finished = true;
  return {{everyone, {{"type", "game_finished"}}}};
}

std::string not_before_the_end(const Player& player, const Value&) {
  return player.group().game_finished ? "" : "you need to stay until 10 messages are sent";
}

Reply count_in_group(Group& group, int, const Value&) {
  group.old_messages += 1;
  if (group.old_messages < 10) return {};
  return {{everyone, {{"game_finished", true}}}};
}

std::string not_before_ten(const Player& player, const Value&) {
  return player.group().old_messages < 10 ? "you need to stay until 10 messages are sent" : "";
}

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_ten",
      .players_per_group = 3,
      .pages = {{.name = "Ten", .live_method = count, .error_message = not_before_the_end},
                {.name = "OldTen", .live_method = count_in_group, .error_message = not_before_ten},
                {.name = "Results"}},
  };
}
}  // namespace seed_ten
