// hint: a limit has the type of its field|of the field's own type
#include "actors/app.h"

namespace form_limit_of_another_type {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
#ifdef RIGHT
  Field<int> age{this, "age", {.min = 18}};
#else
  Field<int> age{this, "age", {.min = "18"}};
#endif
};
}  // namespace form_limit_of_another_type
