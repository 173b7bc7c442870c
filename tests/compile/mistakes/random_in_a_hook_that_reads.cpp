// hint: this hook only reads: draw in creating_session
#include "actors/app.h"

namespace random_in_a_hook_that_reads {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> first{this, "first"};
};

#ifdef RIGHT
void draw(Player& player) { player.first = static_cast<int>(player.random().integer(1, 2)); }
Value vars(const Player& player) { return {{"first", player.first}}; }
#else
void draw(Player&) {}
Value vars(const Player& player) { return {{"first", player.random().integer(1, 2)}}; }
#endif

AnyApp app() {
  return App<Group, Player>{
      .name = "game",
      .pages = {{.name = "Before", .before_next_page = draw}, {.name = "Bid", .js_vars = vars}}};
}
}  // namespace random_in_a_hook_that_reads
