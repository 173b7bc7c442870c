// A page on which players wait for the others of their group: `wait_page({.name = "Wait",
// .after_all_players_arrive = set_payoffs})`, an entry of `.pages`. Needs no HTML of its own.
// Made when the app is declared. Guarantees: the hook runs exactly once for each group and round,
// when the last has come, also if two come at the same moment or the server ends in between;
// everyone who waits moves on by itself.
#pragma once

#include <functional>
#include <string>
#include <typeindex>
#include <typeinfo>
#include <utility>

#include "actors/advice.h"
#include "actors/errors.h"
#include "actors/model.h"

namespace rialto {

template <class Group, class Player>
struct PageOf;

namespace detail {

// The one argument of a function, also of a lambda.
template <class F>
struct ArgumentOf : ArgumentOf<decltype(&F::operator())> {};
template <class R, class A>
struct ArgumentOf<R (*)(A)> {
  using Result = R;
  using Argument = A;
};
template <class C, class R, class A>
struct ArgumentOf<R (C::*)(A) const> {
  using Result = R;
  using Argument = A;
};

template <class F, class Result>
concept TakesOne = requires {
  typename ArgumentOf<F>::Argument;
  requires std::is_same_v<typename ArgumentOf<F>::Result, Result>;
};

}  // namespace detail

// A function of a group or player of some app: which, is checked when the app is made.
template <class Base, class Result>
class UntypedHook {
 public:
  UntypedHook() = default;
  template <class F>
  requires detail::TakesOne<F, Result> UntypedHook(F function)
      : function_([function](Base& base) -> Result {
          return function(static_cast<typename detail::ArgumentOf<F>::Argument>(base));
        }),
        wants_(typeid(typename detail::ArgumentOf<F>::Argument)) {}
  // clang-format off
  template <class F, Text advice = "a wait page's function is: void f(Group& group), or bool is_displayed(const Player& player)">
    requires(!detail::TakesOne<F, Result>)
  UntypedHook(F) = delete;  // a wait page's function is: void f(Group& group), or bool is_displayed(const Player& player)
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(function_); }
  bool takes(std::type_index type) const { return wants_ == type; }
  Result operator()(Base& base) const { return function_(base); }

 private:
  std::function<Result(Base&)> function_;
  std::type_index wants_ = typeid(void);
};

struct WaitPage {
  std::string name = {};
  std::string title_text = {};  // "": "Please wait", in the participant's language
  std::string body_text = {};
  UntypedHook<const PlayerBase, bool> is_displayed = {};
  // Runs when all of the group have come, before they move on. What it throws changes nothing; the
  // group then stays until it is run again (`rialto session retry`).
  UntypedHook<GroupBase, void> after_all_players_arrive = {};

  template <class Group, class Player>
  operator PageOf<Group, Player>() const {
    if ((is_displayed && !is_displayed.takes(typeid(Player))) ||
        (after_all_players_arrive && !after_all_players_arrive.takes(typeid(Group)))) {
      throw std::invalid_argument("wait page " + name +
                                  ": its functions take the Group or Player of another app");
    }
    PageOf<Group, Player> page;
    page.name = name;
    page.wait = true;
    page.title_text = title_text;
    page.body_text = body_text;
    if (is_displayed) {
      page.is_displayed = [hook = is_displayed](const Player& player) { return hook(player); };
    }
    if (after_all_players_arrive) {
      page.after_all_players_arrive = [hook = after_all_players_arrive](Group& group) {
        hook(group);
      };
    }
    return page;
  }
};

inline WaitPage wait_page(WaitPage page) { return page; }

}  // namespace rialto
