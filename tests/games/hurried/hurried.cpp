// A page with two seconds to answer, for bots that let the time pass, and for those that must find
// what is wrong with it.
#include "actors/app.h"

namespace hurried {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", {.max = 20}};
  Field<bool> late{this, "late", false};
};

void note_who_was_late(Player& player, bool timed_out) { player.late = timed_out; }

void play_round(Bot& bot, const Player& me) {
  if (bot.on("Ask")) {
    bot.must_fail({{"number", 21}}, {"number"});
    if (bot.in_case("late")) bot.time_out({{"number", 7}});
    if (bot.in_case("in time")) bot.submit({{"number", 8}});
    if (bot.in_case("not refused")) bot.must_fail({{"number", 9}});
    if (bot.in_case("script throws")) bot.submit({{"number", 13}});
  }
  if (bot.on("Results")) {
    expect(me.number, bot.in_case("late") ? 7 : 8);
    expect(me.late, bot.in_case("late"));
    expect("Your number", "in", bot.html());
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "hurried",
      .players_per_group = 1,
      .pages = {{.name = "Ask",
                 .form = {&Player::number},
                 .before_next_page = note_who_was_late,
                 .timeout = 2s},
                {.name = "Results"}},
      .play_round = play_round,
      .cases = {"late", "in time", "not refused", "script throws"},
  };
}
}  // namespace hurried
