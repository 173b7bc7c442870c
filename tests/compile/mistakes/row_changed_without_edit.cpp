// hint: read-only|const
#include "actors/app.h"

namespace row_changed_without_edit {
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
  group.orders.edit(id, [](Order& order) { order.price += 1; });
#else
  group.orders.row(id)->price += 1;
#endif
}
}  // namespace row_changed_without_edit
