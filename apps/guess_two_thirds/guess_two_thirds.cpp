// Guess two thirds of the average (Nagel 1995): a beauty contest. The nearest share the prize.
#include <cmath>

#include "actors/app.h"

namespace guess_two_thirds {
using namespace rialto;

constexpr int largest = 100, prize = 90;

struct Group : GroupOf<struct Player> {
  Field<double> two_thirds{this, "two_thirds"};
  Field<int> best_guess{this, "best_guess"};
  Field<int> winners{this, "winners"};
};
struct Player : PlayerIn<Group> {
  Field<int> guess{
      this, "guess", {.min = 0, .max = largest, .label = "Your guess, from 0 to 100:"}};
  Field<bool> has_won{this, "has_won", false};
};

// Who was dropped has perhaps not guessed.
std::vector<Player*> who_guessed(Group& group) {
  std::vector<Player*> all;
  for (Player& player : group.players()) {
    if (!player.guess.is_null()) all.push_back(&player);
  }
  return all;
}

void find_winners(Group& group) {
  const std::vector<Player*> guessers = who_guessed(group);
  if (guessers.empty()) return;
  double sum = 0;
  for (const Player* player : guessers) sum += player->guess;
  const double target = sum / static_cast<double>(guessers.size()) * 2 / 3;
  const auto miss = [&](const Player& player) { return std::abs(player.guess - target); };
  double least = largest;
  for (const Player* player : guessers) least = std::min(least, miss(*player));
  int winners = 0;
  for (Player* const guesser : guessers) {
    Player& player = *guesser;
    if (miss(player) > least) continue;
    player.has_won = true;
    group.best_guess = player.guess;
    ++winners;
  }
  for (Player& player : group.players()) {
    if (player.has_won) player.payoff = Money(prize) / winners;
  }
  group.two_thirds = target;
  group.winners = winners;
}

Value history(const Player& player) {
  std::vector<Value> past;
  for (const Player& then : player.in_previous_rounds()) {
    past.push_back(then.group().two_thirds.or_null());
  }
  return {{"history", Value(past)}};
}

void play_round(Bot& bot, const Player& me) {
  const bool all_the_same = bot.in_case("all win");
  if (bot.on("Guess")) {
    bot.must_fail({{"guess", largest + 1}}, {"guess"});
    bot.submit({{"guess", all_the_same ? 30 : 30 * me.id_in_group()}});  // 30, 60, 90: 40 is meant
  }
  if (bot.on("Results")) {
    expect(me.group().winners, all_the_same ? 3 : 1);
    expect(me.has_won, all_the_same || me.id_in_group() == 1);
    expect(me.payoff, !me.has_won.get() ? 0 : all_the_same ? prize / 3 : prize);
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "guess_two_thirds",
      .doc = "Guess two thirds of the average of all guesses. Three players, three rounds.",
      .players_per_group = 3,
      .rounds = 3,
      .pages = {{.name = "Guess", .vars_for_template = history, .form = {&Player::guess}},
                wait_page({.name = "WaitForGuesses", .after_all_players_arrive = find_winners}),
                {.name = "Results"}},
      .play_round = play_round,
      .cases = {"one wins", "all win"},
  };
}
}  // namespace guess_two_thirds
