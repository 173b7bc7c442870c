// Counts what everyone sends: all get the new total, the sender gets a word of its own. For tests
// that end the server in the middle and compare what was said with what is stored.
#include "actors/app.h"

namespace counting {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
  Log<int, int, Value> sends{this, "sends", {"player", "total", "data"}};
};
struct Player : PlayerIn<Group> {
  Field<int> own{this, "own", 0};
};

Reply count(Player& player, const Value& data) {
  Group& group = player.group();
  group.total += 1;
  player.own += 1;
  group.sends.append(player.id_in_group(), group.total, data);
  return broadcast({{"total", group.total}, {"from", player.id_in_group()}}) +
         to(player, {{"own", player.own}});
}

std::optional<Value> bot(BotPlayer& me) {
  return Value(static_cast<std::int64_t>(me.messages_seen()));
}

AnyApp app() {
  return App<Group, Player>{
      .name = "counting",
      .doc = "Everyone counts together.",
      .players_per_group = 3,
      .pages = {{.name = "Count", .live_method = count}},
      .bot = bot,
  };
}
}  // namespace counting
