// hint: a column of Rows holds
#include "actors/app.h"

namespace rows_with_a_pointer {
using namespace rialto;

#ifdef RIGHT
struct Order : Row {
  int other = 0;
};
#else
struct Order : Row {
  Order* other = nullptr;
};
#endif
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this, "orders", {{"other", &Order::other}}};
};
struct Player : PlayerIn<Group> {};
}  // namespace rows_with_a_pointer
