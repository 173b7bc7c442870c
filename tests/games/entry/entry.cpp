// The way into a whole experiment: consent with a number, a quiz that must be right, a page with a
// time. Who has given a multiple of five leaves the experiment after the quiz. For tests of faults:
// what runs when a page is left counts how often it ran, here and in the participant.
#include "actors/app.h"

namespace entry {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<bool> consent{this, "consent", {.label = "I take part."}};
  Field<int> number{this, "number", {.min = 0, .label = "Your number"}};
  Field<int> sum{this, "sum", {.label = "2 + 2"}};
  Field<int> thought{this, "thought", {.min = 0, .label = "A number that you think of"}};
  Field<int> left{this, "left", 0};
};

void leave(Player& player) {
  player.left += 1;
  player.participant().set("steps", player.participant().get("steps", 0).as<int>() + 1);
}

void pass(Player& player) {
  leave(player);
  player.payoff += 1;
}

std::string quiz(const Player&, const int& answer) { return answer == 4 ? "" : "That is not 4."; }

std::string out(const Player& player, const std::vector<std::string>& upcoming) {
  return player.number % 5 == 0 ? upcoming.back() : "";
}

AnyApp app() {
  return App<Group, Player>{
      .name = "entry",
      .doc = "Consent, a quiz, a page with a time.",
      .players_per_group = 1,
      .pages = {{.name = "Consent",
                 .form = {&Player::consent, &Player::number},
                 .before_next_page = leave},
                {.name = "Quiz",
                 .form = {{&Player::sum, {.error_message = quiz}}},
                 .before_next_page = pass,
                 .app_after_this_page = out},
                {.name = "Think",
                 .form = {&Player::thought},
                 .before_next_page = leave,
                 .timeout = 700ms}},
  };
}
}  // namespace entry
