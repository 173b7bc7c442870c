// hint: a column for each member
#include "actors/app.h"

namespace rows_without_all_members {
using namespace rialto;

struct Order : Row {
  int player = 0;
  Money price;
};
struct Group : GroupOf<struct Player> {
#ifdef RIGHT
  Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
#else
  Rows<Order> orders{this, "orders", {{"player", &Order::player}}};
#endif
};
struct Player : PlayerIn<Group> {};
}  // namespace rows_without_all_members
