// hint: play_round is: void play_round\(Bot
#include "actors/app.h"

namespace play_round_that_writes {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

#ifdef RIGHT
void play_round(Bot& bot, const Player& me) { expect(me.payoff, bot.round_number()); }
#else
void play_round(Bot& bot, Player& me) { me.payoff = bot.round_number(); }
#endif

AnyApp app() {
  return App<Group, Player>{.name = "game",
                            .players_per_group = 2,
                            .pages = {{.name = "Bid"}},
                            .play_round = play_round};
}
}  // namespace play_round_that_writes
