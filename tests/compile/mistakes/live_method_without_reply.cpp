// hint: Reply name\(Player& player, const Value& data\)
#include "actors/app.h"

namespace live_method_without_reply {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
Reply bid(Player& player, const Value& data) { return to(player, data); }
#else
void bid(Player&, const Value&) {}
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game", .pages = {{.name = "Bid", .live_method = bid}}};
}
}  // namespace live_method_without_reply
