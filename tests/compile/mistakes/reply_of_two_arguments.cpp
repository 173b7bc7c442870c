// hint: broadcast\(x\) takes one value
#include "actors/app.h"

namespace reply_of_two_arguments {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
  print("bid of", player.id_in_group());
#ifdef RIGHT
  return broadcast({{"bid", data}});
#else
  return broadcast("bid", data);
#endif
}
}  // namespace reply_of_two_arguments
