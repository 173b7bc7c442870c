// hint: write the type
#include "actors/app.h"

namespace auto_copies_a_field {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> leader{this, "leader"};
};
struct Player : PlayerIn<Group> {};

int leader_of(Group& group) {
#ifdef RIGHT
  int leader = group.leader;
#else
  auto leader = group.leader;
#endif
  return leader;
}
}  // namespace auto_copies_a_field
