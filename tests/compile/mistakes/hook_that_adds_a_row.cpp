// hint: this hook only reads
#include "actors/app.h"

namespace hook_that_adds_a_row {
using namespace rialto;

struct Order : Row {
  int player = 0;
  Money price;
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this, "orders", {{"player", &Order::player}, {"price", &Order::price}}};
};
struct Player : PlayerIn<Group> {};

Value vars(const Player& player) {
#ifdef RIGHT
  return {{"orders", player.group().orders}};
#else
  player.group().orders.add({.player = 1, .price = 5});
  return {};
#endif
}
}  // namespace hook_that_adds_a_row
