// hint: struct Order : Row
#include "actors/app.h"

namespace rows_of_no_row {
using namespace rialto;

#ifdef RIGHT
struct Order : Row {
#else
struct Order {
#endif
  int player = 0;
  Money price;
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
};
struct Player : PlayerIn<Group> {};
}  // namespace rows_of_no_row
