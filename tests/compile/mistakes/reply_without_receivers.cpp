// hint: a Reply says to whom
#include "actors/app.h"

namespace reply_without_receivers {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) {
#ifdef RIGHT
  return to(player, {{"type", "error"}, {"data", data}});
#else
  return {{"type", "error"}, {"data", data}};
#endif
}
}  // namespace reply_without_receivers
