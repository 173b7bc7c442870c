// hint: before_next_page is: void f\(Player
#include "actors/app.h"

namespace before_next_page_of_a_group {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
void leave(Player& player) { player.payoff = 1; }
#else
void leave(Group& group) { group.player(1).payoff = 1; }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid", .before_next_page = leave}}};
}
}  // namespace before_next_page_of_a_group
