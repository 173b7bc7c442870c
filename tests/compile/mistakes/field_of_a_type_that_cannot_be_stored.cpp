// hint: a Field holds bool, int
#include "actors/app.h"

namespace field_of_a_type_that_cannot_be_stored {
using namespace rialto;

struct Group : GroupOf<struct Player> {
#ifdef RIGHT
  Field<double> price{this, "price", 1.5};
#else
  Field<float> price{this, "price", 1.5};
#endif
};
struct Player : PlayerIn<Group> {};
}  // namespace field_of_a_type_that_cannot_be_stored
