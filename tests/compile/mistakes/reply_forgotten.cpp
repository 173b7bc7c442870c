// hint: no return statement|does not return a value
#include "actors/app.h"

namespace reply_forgotten {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  player.group().highest_bid = data.as<Money>();
#ifdef RIGHT
  return {};
#else
#endif
}
}  // namespace reply_forgotten
