// hint: Money::parse
#include "actors/app.h"

namespace money_from_a_fraction {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

void start(Group& group) {
#ifdef RIGHT
  group.highest_bid = Money::parse("1.50");
#else
  group.highest_bid = 1.5;
#endif
}
}  // namespace money_from_a_fraction
