// hint: Player\(const|copy constructor
#include "actors/app.h"

namespace players_copied {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

void pay(Group& group) {
#ifdef RIGHT
  for (Player& player : group.players()) player.payoff += 1;
#else
  for (Player player : group.players()) player.payoff += 1;
#endif
}
}  // namespace players_copied
