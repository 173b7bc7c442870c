// hint: Money::parse
#include "actors/app.h"

namespace amount_from_a_fraction {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

bool enough(Group& group) {
#ifdef RIGHT
  return group.highest_bid > Money::parse("0.5");
#else
  return group.highest_bid > Money(0.5);
#endif
}
}  // namespace amount_from_a_fraction
