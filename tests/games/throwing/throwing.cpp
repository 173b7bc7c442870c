// Throws in the hook that its first page names ("js_vars"), for each kind of hook there is; where a
// hook may change something, after it has.
#include <stdexcept>

#include "actors/app.h"

namespace throwing {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> changed{this, "changed", 0};
};
struct Player : PlayerIn<Group> {
  Field<std::string> fails{this, "fails", {.initial = "", .blank = true}};
  Field<int> number{this, "number"};
  Field<std::string> colour{this, "colour", {.initial = "", .blank = true}};
  Field<int> changed{this, "changed", 0};
};

void fail_in(const Player& player, const std::string& hook) {
  if (player.fails == hook) throw std::runtime_error("the game gave up");
}

// What is changed and then thrown away.
void change_and_fail_in(Player& player, const std::string& hook) {
  player.changed += 1;
  fail_in(player, hook);
}
void change_and_fail_in(Group& group, const std::string& hook) {
  group.changed += 1;
  for (Player& player : group.players()) change_and_fail_in(player, hook);
}

void create(Group& group) {
  if (group.players().size() == 3) throw std::runtime_error("the game gave up");
}
bool is_displayed(const Player& player) {
  fail_in(player, "is_displayed");
  return true;
}
Reply live(Player& player, const Value&) {
  change_and_fail_in(player, "live_method");
  return broadcast("taken");
}
Value js_vars(const Player& player) {
  fail_in(player, "js_vars");
  return Value::object();
}
Value vars(const Player& player) {
  fail_in(player, "vars_for_template");
  return Value::object();
}
int least(const Player& player) {
  fail_in(player, ".min of number");
  return 1;
}
int most(const Player& player) {
  fail_in(player, ".max of number");
  return 10;
}
std::vector<std::string> colours(const Player& player) {
  fail_in(player, ".choices of colour");
  return {"red", "blue"};
}
std::string check_number(const Player& player, const int&) {
  fail_in(player, "error_message of number");
  return "";
}
std::vector<std::string> asked(const Player& player) {
  fail_in(player, "form_fields");
  return {"number", "colour"};
}
std::string check(const Player& player, const Value&) {
  fail_in(player, "error_message");
  return "";
}
void leave(Player& player) { change_and_fail_in(player, "before_next_page"); }
Duration timeout(const Player& player) {
  fail_in(player, "timeout_now");
  return {};
}
std::string go_on(const Player& player) {
  fail_in(player, "app_after_this_page");
  return "";
}
bool is_timed(const Player& player) { return player.fails == "on_timeout"; }
void on_timeout(Group& group) { change_and_fail_in(group, "on_timeout"); }
void after_all(Group& group) { change_and_fail_in(group, "after_all_players_arrive"); }

AnyApp app() {
  return App<Group, Player>{
      .name = "throwing",
      .doc = "Its hooks throw on demand.",
      .creating_session = create,
      .pages = {{.name = "Choose", .form = {&Player::fails}},
                {.name = "Break",
                 .is_displayed = is_displayed,
                 .live_method = live,
                 .js_vars = js_vars,
                 .vars_for_template = vars,
                 .form = {{&Player::number,
                           {.min = least, .max = most, .error_message = check_number}},
                          {&Player::colour, {.choices = colours}}},
                 .form_fields = asked,
                 .error_message = check,
                 .before_next_page = leave,
                 .timeout_now = timeout,
                 .app_after_this_page = go_on},
                {.name = "Timed",
                 .is_displayed = is_timed,
                 .group_timeout = 200ms,
                 .on_timeout = on_timeout},
                wait_page({.name = "Wait", .after_all_players_arrive = after_all}),
                {.name = "End"}},
  };
}
}  // namespace throwing
