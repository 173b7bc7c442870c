// hint: this hook only reads
#include "actors/app.h"

namespace hook_that_edits_a_row {
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
  return {{"order", player.group().orders.row(1)}};
#else
  player.group().orders.row(1).edit([](Order& order) { order.price += 1; });
  return {};
#endif
}
}  // namespace hook_that_edits_a_row
