// The whole session is one group, and everything anyone says goes to everyone.
#include "actors/app.h"

namespace crowd {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply say(Player& player, const Value& data) {
  return broadcast({{"from", player.id_in_group()}, {"said", data}});
}

std::optional<Value> bot(BotPlayer&) { return Value("something to say"); }

AnyApp app() {
  return App<Group, Player>{
      .name = "crowd",
      .players_per_group = 0,
      .pages = {{.name = "Square", .live_method = say}, {.name = "Results"}},
      .bot = bot,
  };
}

}  // namespace crowd
