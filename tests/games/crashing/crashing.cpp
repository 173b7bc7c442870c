// Crashes or hangs in the hook that the session's `fault` names, as its `how` says ("crash",
// "divide", "hang", "exit", "throw", or "print" for a line of the log alone); without one it plays
// through. For tests of what one game can do to a server.
#include <csignal>
#include <cstdlib>

#include "actors/app.h"

namespace crashing {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> timeouts{this, "timeouts", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", {.initial = 0, .blank = true}};
};

template <class Owner>
void fail_in(std::string_view hook, const Owner& owner) {
  if (owner.config("fault", "").template as<std::string>() != hook) return;
  const auto how = owner.config("how", "crash").template as<std::string>();
  if (how == "print") return print("this is", std::string(hook));
  volatile int zero = 0;
  volatile bool going = true;
  if (how == "divide") zero = 100 / zero;
  if (how == "exit") std::exit(0);
  if (how == "throw") throw 42;
  if (how == "crash") *static_cast<volatile int*>(nullptr) = 1;
  while (going) {
  }
}

void creating_session(Group& group) { fail_in("creating_session", group); }

bool is_displayed(const Player& player) {
  fail_in("is_displayed", player);
  return true;
}

Value vars_for_template(const Player& player) {
  fail_in("vars_for_template", player);
  return Value::object();
}

Value js_vars(const Player& player) {
  fail_in("js_vars", player);
  return Value::object();
}

Duration timeout_now(const Player& player) {
  fail_in("timeout_now", player);
  return 300ms;
}

void before_next_page(Player& player) { fail_in("before_next_page", player); }

void after_all_players_arrive(Group& group) { fail_in("after_all_players_arrive", group); }

void on_timeout(Group& group) {
  group.timeouts += 1;
  fail_in("on_timeout", group);
}

Reply trade(Player& player, const Value& data) {
  fail_in("live_method", player);
  return broadcast(data);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "crashing",
      .doc = "Crashes where it is told to.",
      .players_per_group = 2,
      .creating_session = creating_session,
      .pages = {{.name = "Start",
                 .is_displayed = is_displayed,
                 .js_vars = js_vars,
                 .vars_for_template = vars_for_template,
                 .form = {&Player::number},
                 .before_next_page = before_next_page,
                 .timeout_now = timeout_now},
                wait_page({.name = "Meet", .after_all_players_arrive = after_all_players_arrive}),
                {.name = "Trade",
                 .live_method = trade,
                 .group_timeout = 500ms,
                 .on_timeout = on_timeout},
                {.name = "End"}},
  };
}
}  // namespace crashing
