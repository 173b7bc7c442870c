// hint: on_timeout wants: void f\(Group&\)
#include "actors/app.h"

namespace timeout_of_a_player {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
void finish(Group&) {}
#else
void finish(Player&) {}
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .pages = {{.name = "Bid", .group_timeout = 60s, .on_timeout = finish}}};
}
}  // namespace timeout_of_a_player
