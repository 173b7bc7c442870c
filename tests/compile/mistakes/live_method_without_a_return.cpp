// hint: control reaches end of non-void function|does not return a value
// to the end
#include "actors/app.h"

namespace live_method_without_a_return {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply say(Player&, const Value& data) {
  if (data.is_string()) return broadcast(data);
#ifdef RIGHT
  return {};
#endif
}
}  // namespace live_method_without_a_return
