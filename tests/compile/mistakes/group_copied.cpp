// hint: Group\(const|copy constructor
#include "actors/app.h"

namespace group_copied {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

void start(Player& player) {
#ifdef RIGHT
  Group& group = player.group();
#else
  auto group = player.group();
#endif
  group.highest_bid = 1;
}
}  // namespace group_copied
