// hint: data\.as<
#include "actors/app.h"

namespace message_into_a_field {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
#ifdef RIGHT
  player.group().highest_bid = data.as<Money>();
#else
  player.group().highest_bid = data;
#endif
  return broadcast(data);
}
}  // namespace message_into_a_field
