// hint: js_vars wants: Value f\(const Player&\)
#include "actors/app.h"

namespace vars_of_a_group {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
Value vars(const Player& player) { return {{"me", player.id_in_group()}}; }
#else
Value vars(const Group& group) { return {{"players", group.players().size()}}; }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid", .js_vars = vars}}};
}
}  // namespace vars_of_a_group
