// hint: write the type you expect
#include "actors/app.h"

namespace message_as_a_number {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
#ifdef RIGHT
  const int amount = data["amount"].as<int>();
#else
  const int amount = data["amount"];
#endif
  return to(player, amount);
}
}  // namespace message_as_a_number
