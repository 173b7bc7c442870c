// hint: expect compares two things
#include "actors/app.h"

namespace expect_of_two_kinds {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
void play_round(Bot& bot, const Player&) { expect(bot.page(), "Bid"); }
#else
void play_round(Bot& bot, const Player&) { expect(bot.page(), 5); }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid"}},
                            .play_round = play_round};
}
}  // namespace expect_of_two_kinds
