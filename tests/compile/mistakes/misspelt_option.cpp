// hint: live_metod
#include "actors/app.h"

namespace misspelt_option {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply bid(Player& player, const Value& data) { return to(player, data); }

AnyApp app() {
  return App<Group, Player>{.name = "game",
#ifdef RIGHT
                            .pages = {{.name = "Bid", .live_method = bid}}};
#else
                            .pages = {{.name = "Bid", .live_metod = bid}}};
#endif
}
}  // namespace misspelt_option
