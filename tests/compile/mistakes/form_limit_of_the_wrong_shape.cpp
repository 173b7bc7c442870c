// hint: has another shape|offer_max\(const Player& player\)
#include "actors/app.h"

namespace form_limit_of_the_wrong_shape {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<Money> offer{this, "offer"};
};

#ifdef RIGHT
Money offer_max(const Player& player) { return player.payoff; }
#else
Money offer_max(Player& player) { return player.payoff; }
#endif

AnyApp app() {
  return App<Group, Player>{
      .name = "game",
      .pages = {{.name = "Offer", .form = {{&Player::offer, {.max = offer_max}}}}}};
}
}  // namespace form_limit_of_the_wrong_shape
