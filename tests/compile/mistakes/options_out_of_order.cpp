// hint: order
#include "actors/app.h"

namespace options_out_of_order {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

AnyApp app() {
#ifdef RIGHT
  return App<Group, Player>{.name = "game", .players_per_group = 2, .pages = {{.name = "Bid"}}};
#else
  return App<Group, Player>{.name = "game", .pages = {{.name = "Bid"}}, .players_per_group = 2};
#endif
}
}  // namespace options_out_of_order
