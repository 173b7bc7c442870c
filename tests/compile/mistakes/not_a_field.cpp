// hint: field\.is_null\(\)
#include "actors/app.h"

namespace not_a_field {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> leader{this, "leader"};
};
struct Player : PlayerIn<Group> {};

bool nobody_leads(Group& group) {
#ifdef RIGHT
  if (group.leader.is_null()) return true;
#else
  if (!group.leader) return true;
#endif
  return false;
}
}  // namespace not_a_field
