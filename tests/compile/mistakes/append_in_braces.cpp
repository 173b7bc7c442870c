// hint: deleted (member )?function
#include "actors/app.h"

namespace append_in_braces {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Log<int, Money> bids{this, "bids", {"player", "amount"}};
};
struct Player : PlayerIn<Group> {};

void note(Group& group, Player& player) {
#ifdef RIGHT
  group.bids.append(player.id_in_group(), 5);
#else
  group.bids.append({player.id_in_group(), 5});
#endif
}
}  // namespace append_in_braces
