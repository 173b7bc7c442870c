// hint: begins with this and its column
#include "actors/app.h"

namespace field_without_a_column {
using namespace rialto;

struct Group : GroupOf<struct Player> {
#ifdef RIGHT
  Field<int> count{this, "count", 0};
#else
  Field<int> count{this, 0};
#endif
};
struct Player : PlayerIn<Group> {};
}  // namespace field_without_a_column
