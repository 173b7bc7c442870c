// hint: Reply name\(Player& player, const Value& data\)
#include "actors/app.h"

namespace live_method_with_a_mutable_message {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
Reply offer(Player& player, const Value& data) { return to(player, data); }
#else
Reply offer(Player& player, Value& data) { return to(player, data); }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .pages = {{.name = "Trade", .live = {{"offer", offer}}}}};
}
}  // namespace live_method_with_a_mutable_message
