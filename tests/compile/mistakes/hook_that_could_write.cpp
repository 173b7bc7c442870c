// hint: js_vars wants: Value f\(const Player&\)
#include "actors/app.h"

namespace hook_that_could_write {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
Value vars(const Player& player) { return {{"me", player.id_in_group()}}; }
#else
Value vars(Player& player) { return {{"me", player.id_in_group()}}; }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game", .pages = {{.name = "Bid", .js_vars = vars}}};
}
}  // namespace hook_that_could_write
