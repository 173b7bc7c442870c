// hint: begins with this and its column
#include "actors/app.h"

namespace field_without_this {
using namespace rialto;

struct Group : GroupOf<struct Player> {
#ifdef RIGHT
  Field<int> count{this, "count", 0};
#else
  Field<int> count{"count", 0};
#endif
};
struct Player : PlayerIn<Group> {};
}  // namespace field_without_this
