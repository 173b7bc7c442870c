// hint: Reply name\(Player& player, const Value& data\)
#include "actors/app.h"

namespace live_method_without_data {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
Reply bid(Player& player, const Value&) { return to(player, "thanks"); }
#else
Reply bid(Player& player) { return to(player, "thanks"); }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game", .pages = {{.name = "Bid", .live_method = bid}}};
}
}  // namespace live_method_without_data
