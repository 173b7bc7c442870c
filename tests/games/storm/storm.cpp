// For load tests: the whole session is one group; each page asks for the state when it is loaded,
// as most live pages of oTree do.
#include "actors/app.h"

namespace storm {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> loads{this, "loads", 0};
};
struct Player : PlayerIn<Group> {};

Reply load(Player& player, const Value&) {
  player.group().loads += 1;
  return transient(to(player, {{"loads", player.group().loads}}));
}

AnyApp app() {
  return App<Group, Player>{
      .name = "storm",
      .pages = {{.name = "Square", .live_method = load, .history = History::none},
                {.name = "Results"}},
  };
}
}  // namespace storm
