// A questionnaire as it stands around an experiment: consent, a quiz that must be right, questions.
#include "actors/app.h"

namespace survey {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<bool> consent{
      this, "consent", {.label = "I take part of my own will.", .widget = Widget::checkbox}};
  Field<int> sum{
      this, "sum", {.label = "Two players give 5 each, it is doubled: how much is that?"}};
  Field<int> age{
      this, "age", {.min = 18, .max = 99, .label = "How old are you?", .personal = true}};
  Field<std::string> studies{
      this, "studies", {.choices = {"Economics", "Law", "Other"}, .label = "What do you study?"}};
  Field<int> trust{this,
                   "trust",
                   {.choices = {{1, "Not at all"}, {2, "A little"}, {3, "Fully"}},
                    .label = "Do you trust others?",
                    .widget = Widget::radio_horizontal}};
  Field<std::string> remarks{
      this,
      "remarks",
      {.label = "What did you think of it?", .blank = true, .widget = Widget::text_area}};
};

std::string quiz(const Player&, const int& answer) {
  return answer == 20 ? "" : "That is not right: 5 and 5 are 10, doubled.";
}

// Looks at no Player, so that `rialto load` can play it, too.
void play_round(Bot& bot) {
  if (bot.on("Consent")) {
    bot.must_fail({});
    bot.submit({{"consent", true}});
  }
  if (bot.on("Quiz")) {
    bot.must_fail({{"sum", 10}}, {"sum"});
    bot.submit({{"sum", 20}});
  }
  if (bot.on("Questions")) {
    bot.must_fail({{"age", 17}, {"studies", "Law"}, {"trust", 2}, {"remarks", ""}}, {"age"});
    bot.must_fail({{"age", 30}, {"studies", "Magic"}, {"trust", 9}}, {"studies", "trust"});
    bot.submit({{"age", 30}, {"studies", "Law"}, {"trust", 2}, {"remarks", ""}});
  }
}

AnyApp app() {
  return App<Group, Player>{
      .name = "survey",
      .doc = "Consent, a quiz that must be right, a few questions.",
      .players_per_group = 1,
      .pages = {{.name = "Consent", .form = {&Player::consent}},
                {.name = "Quiz", .form = {{&Player::sum, {.error_message = quiz}}}},
                {.name = "Questions",
                 .form = {&Player::age, &Player::studies, &Player::trust, &Player::remarks}},
                {.name = "Thanks"}},
      .play_round = play_round,
  };
}
}  // namespace survey
