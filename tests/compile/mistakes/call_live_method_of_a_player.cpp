// hint: (call_live_method wants|Hook<void \(const .*::Group &, const rialto::LiveCall)
#include "actors/app.h"

namespace call_live_method_of_a_player {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
void call_live_method(const Group&, const LiveCall& live) { live.method(1, 5); }
#else
void call_live_method(const Player&, const LiveCall& live) { live.method(1, 5); }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid"}},
                            .call_live_method = call_live_method};
}
}  // namespace call_live_method_of_a_player
