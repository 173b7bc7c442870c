// hint: say the unit
#include "actors/app.h"

namespace timeout_without_a_unit {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

AnyApp app() {
  return App<Group, Player>{.name = "game",
#ifdef RIGHT
                            .pages = {{.name = "Bid", .group_timeout = 60s}}};
#else
                            .pages = {{.name = "Bid", .group_timeout = 60}}};
#endif
}
}  // namespace timeout_without_a_unit
