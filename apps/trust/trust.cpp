// The trust game (Berg, Dickhaut and McCabe 1995): what the first sends is tripled; the second
// sends back what he likes.
#include "actors/app.h"

namespace trust {
using namespace rialto;

constexpr int endowment = 100, factor = 3;

struct Group : GroupOf<struct Player> {
  Field<Money> sent{
      this, "sent", {.min = 0, .max = endowment, .label = "How much do you send to the other?"}};
  Field<Money> sent_back{this, "sent_back", {.min = 0, .label = "How much do you send back?"}};
};
struct Player : PlayerIn<Group> {};

bool is_first(const Player& player) { return player.id_in_group() == 1; }
bool can_send_back(const Player& player) {
  return player.id_in_group() == 2 && !player.group().sent.is_null();
}

// Not, if one of the two was dropped before his turn.
bool was_played(const Group& group) { return !group.sent.is_null() && !group.sent_back.is_null(); }

Money received(const Player& player) { return player.group().sent.value_or(0) * factor; }
Value received_vars(const Player& player) {
  return {{"received", received(player)}, {"was_played", was_played(player.group())}};
}

void set_payoffs(Group& group) {
  if (!was_played(group)) {  // as if nothing had been sent
    if (!group.player(1).is_dropped()) group.player(1).payoff = endowment;
    return;
  }
  group.player(1).payoff = endowment - group.sent + group.sent_back;
  group.player(2).payoff = group.sent * factor - group.sent_back;
}

void play_round(Bot& bot, const Player& me) {
  const bool trusts = bot.in_case("trust pays");
  if (bot.on("Send")) {
    bot.must_fail({{"sent", endowment + 1}}, {"sent"});
    bot.submit({{"sent", trusts ? endowment : 0}});
  }
  if (bot.on("SendBack")) {
    bot.must_fail({{"sent_back", received(me) + 1}}, {"sent_back"});
    bot.submit({{"sent_back", trusts ? 150 : 0}});
  }
  if (bot.on("Results")) {
    const int first = trusts ? 150 : endowment, second = trusts ? 150 : 0;
    expect(me.payoff, is_first(me) ? first : second);
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "trust",
      .doc = "What you send to the other is tripled. Will he send some of it back?",
      .players_per_group = 2,
      .constants = {{"ENDOWMENT", endowment}, {"FACTOR", factor}},
      .pages = {{.name = "Send", .is_displayed = is_first, .form = {&Group::sent}},
                wait_page({.name = "WaitForSender"}),
                {.name = "SendBack",
                 .is_displayed = can_send_back,
                 .vars_for_template = received_vars,
                 .form = {{&Group::sent_back, {.max = received}}}},
                wait_page({.name = "WaitForReturn", .after_all_players_arrive = set_payoffs}),
                {.name = "Results", .vars_for_template = received_vars}},
      .play_round = play_round,
      .cases = {"trust pays", "no trust"},
  };
}
}  // namespace trust
