// hint: changing it changes no row
#include "actors/app.h"

namespace row_copied_to_be_changed {
using namespace rialto;

struct Order : Row {
  int player = 0;
  Money price;
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
};
struct Player : PlayerIn<Group> {};

void raise(Group& group, int id) {
#ifdef RIGHT
  const Order& before = group.orders.row(id);
  const Money price = before.price;
  group.orders.edit(id, [&](Order& order) { order.price = price + 1; });
#else
  Order order = group.orders.row(id);
  order.price += 1;
#endif
}
}  // namespace row_copied_to_be_changed
