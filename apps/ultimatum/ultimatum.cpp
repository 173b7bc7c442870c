// The ultimatum game (Güth, Schmittberger and Schwarze 1982): one proposes how to share, the other
// accepts, or both get nothing.
#include "actors/app.h"

namespace ultimatum {
using namespace rialto;

constexpr int pie = 100;

struct Group : GroupOf<struct Player> {
  Field<Money> offer{
      this, "offer", {.min = 0, .max = pie, .label = "How much do you offer to the other?"}};
  Field<bool> accepted{this, "accepted", {.label = "Do you accept the offer?"}};
};
struct Player : PlayerIn<Group> {};

bool is_proposer(const Player& player) { return player.role() == "Proposer"; }
bool can_respond(const Player& player) {
  return player.role() == "Responder" && !player.group().offer.is_null();
}

// Null, if one of the two was dropped before his turn: then nobody gets anything, either.
void set_payoffs(Group& group) {
  if (!group.accepted.value_or(false)) return;
  group.player(1).payoff = pie - group.offer;
  group.player(2).payoff = group.offer;
}

Value outcome(const Player& player) { return {{"was_played", !player.group().accepted.is_null()}}; }

void play_round(Bot& bot, const Player& me) {
  const bool refuses = bot.in_case("refused");
  if (bot.on("Propose")) {
    bot.must_fail({{"offer", pie + 1}}, {"offer"});
    bot.submit({{"offer", refuses ? 10 : 40}});
  }
  if (bot.on("Respond")) bot.submit({{"accepted", !refuses}});
  if (bot.on("Results")) {
    const int due = is_proposer(me) ? 60 : 40;
    expect(me.payoff, refuses ? 0 : due);
    expect(refuses ? "refused" : "accepted", "in", bot.html());
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "ultimatum",
      .doc = "One proposes how to share 100, the other accepts, or both get nothing.",
      .players_per_group = 2,
      .roles = {"Proposer", "Responder"},
      .constants = {{"PIE", pie}},
      .pages = {{.name = "Propose", .is_displayed = is_proposer, .form = {&Group::offer}},
                wait_page({.name = "WaitForProposer"}),
                {.name = "Respond", .is_displayed = can_respond, .form = {&Group::accepted}},
                wait_page({.name = "WaitForResponder", .after_all_players_arrive = set_payoffs}),
                {.name = "Results", .vars_for_template = outcome}},
      .play_round = play_round,
      .cases = {"accepted", "refused"},
  };
}
}  // namespace ultimatum
