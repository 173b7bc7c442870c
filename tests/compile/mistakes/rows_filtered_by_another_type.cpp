// hint: compares a member with a value of its type
#include "actors/app.h"

namespace rows_filtered_by_another_type {
using namespace rialto;

struct Order : Row {
  int player = 0;
  Money price;
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
};
struct Player : PlayerIn<Group> {};

Value mine(const Group& group) {
#ifdef RIGHT
  return group.orders.filter(&Order::player, 2);
#else
  return group.orders.filter(&Order::player, "2");
#endif
}
}  // namespace rows_filtered_by_another_type
