// hint: wants: struct Group
#include "actors/app.h"

namespace player_of_another_group {
using namespace rialto;

struct OtherGroup : GroupOf<struct OtherPlayer> {};
struct OtherPlayer : PlayerIn<OtherGroup> {};
struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

AnyApp app() {
#ifdef RIGHT
  return App<Group, Player>{.name = "game", .pages = {{.name = "Bid"}}};
#else
  return App<Group, OtherPlayer>{.name = "game", .pages = {{.name = "Bid"}}};
#endif
}
}  // namespace player_of_another_group
