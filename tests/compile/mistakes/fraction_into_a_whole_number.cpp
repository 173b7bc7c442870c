// hint: this drops the fraction
#include <cmath>

#include "actors/app.h"

namespace fraction_into_a_whole_number {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> count{this, "count", 0};
};
struct Player : PlayerIn<Group> {};

void halve(Group& group) {
#ifdef RIGHT
  group.count = std::lround(group.count * 0.5);
#else
  group.count = group.count * 0.5;
#endif
}
}  // namespace fraction_into_a_whole_number
