// hint: write the type you expect
#include "actors/app.h"

namespace message_compared {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
#ifdef RIGHT
  if (data.as<Money>() > player.group().highest_bid) return broadcast(data);
#else
  if (data > player.group().highest_bid) return broadcast(data);
#endif
  return {};
}
}  // namespace message_compared
