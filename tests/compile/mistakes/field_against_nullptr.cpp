// hint: field\.is_null\(\)
#include "actors/app.h"

namespace field_against_nullptr {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> leader{this, "leader"};
};
struct Player : PlayerIn<Group> {};

bool nobody_leads(Group& group) {
#ifdef RIGHT
  return group.leader.is_null();
#else
  return group.leader == nullptr;
#endif
}
}  // namespace field_against_nullptr
