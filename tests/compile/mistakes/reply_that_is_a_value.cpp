// hint: a Reply says to whom
#include "actors/app.h"

namespace reply_that_is_a_value {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  print("bid of", player.id_in_group());
#ifdef RIGHT
  return broadcast(data);
#else
  return data;
#endif
}
}  // namespace reply_that_is_a_value
