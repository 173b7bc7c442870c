// A page on which players wait for the others of their group: `wait_page({.name = "Wait",
// .after_all_players_arrive = set_payoffs})`, an entry of `.pages`. Needs no HTML of its own.
// Made when the app is declared. Guarantees: the hook runs exactly once for each group (or, where
// all wait for all, once) and round, when the last has come, also if two come at the same moment or
// the server ends in between; everyone who waits moves on by itself; nobody is put into two groups.
#pragma once

#include <concepts>
#include <functional>
#include <string>
#include <type_traits>
#include <typeindex>
#include <typeinfo>
#include <utility>
#include <vector>

#include "actors/advice.h"
#include "actors/app_model.h"
#include "actors/errors.h"
#include "actors/hooks.h"
#include "actors/model.h"
#include "actors/subsession_base.h"

namespace rialto {

template <class Group, class Player>
struct PageOf;

namespace detail {

// The one argument of a function, also of a lambda.
template <class F>
struct ArgumentOf {};
template <class F>
requires requires { &F::operator(); }
struct ArgumentOf<F> : ArgumentOf<decltype(&F::operator())> {};
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

// What runs when all have come: `void f(Group& group)` when all of the group have; `void
// f(Subsession& subsession)` when all of the session have.
class ArrivalHook {
 public:
  ArrivalHook() = default;
  template <class F>
  requires detail::TakesOne<F, void> ArrivalHook(F function) {
    using Argument = std::remove_reference_t<typename detail::ArgumentOf<F>::Argument>;
    if constexpr (std::derived_from<Argument, SubsessionBase>) {
      of_all_ = std::move(function);
    } else {
      of_group_ = std::move(function);
    }
  }
  // clang-format off
  template <class F, Text advice = "after_all_players_arrive wants: void f(Group& group), or void f(Subsession& subsession)">
    requires(!detail::TakesOne<F, void>)
  ArrivalHook(F) = delete;  // after_all_players_arrive wants: void f(Group& group), or void f(Subsession& subsession)
  // clang-format on

  const UntypedHook<GroupBase, void>& of_group() const { return of_group_; }
  const UntypedHook<SubsessionBase, void>& of_all() const { return of_all_; }

 private:
  UntypedHook<GroupBase, void> of_group_;
  UntypedHook<SubsessionBase, void> of_all_;
};

// Who of those that wait are to be a group: `std::vector<const Player*> f(const Subsession&, const
// std::vector<const Player*>& waiting)`, those who wait in the order in which they came; {} is not
// yet. Asked when somebody comes, when somebody who left the page is back, and every ten seconds
// while somebody waits.
class GroupingMethod {
 public:
  using Seats = std::vector<const PlayerBase*>;

  GroupingMethod() = default;
  template <class Subsession, class Player>
  GroupingMethod(std::vector<const Player*> (*method)(const Subsession&,
                                                      const std::vector<const Player*>&))
      : function_([method](const SubsessionBase& subsession, const Seats& waiting) {
          std::vector<const Player*> players;
          for (const PlayerBase* each : waiting)
            players.push_back(static_cast<const Player*>(each));
          const auto chosen = method(static_cast<const Subsession&>(subsession), players);
          return Seats(chosen.begin(), chosen.end());
        }),
        subsession_(typeid(Subsession)),
        player_(typeid(Player)) {}
  // clang-format off
  template <class F, Text advice = "group_by_arrival_time_method wants a function: std::vector<const Player*> f(const Subsession&, const std::vector<const Player*>& waiting)">
    requires(!std::is_function_v<std::remove_pointer_t<F>> && !std::same_as<F, GroupingMethod>)
  GroupingMethod(F) = delete;  // group_by_arrival_time_method wants a function: std::vector<const Player*> f(const Subsession&, const std::vector<const Player*>& waiting)
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(function_); }
  const auto& function() const { return function_; }
  std::type_index subsession() const { return subsession_; }
  std::type_index player() const { return player_; }

 private:
  std::function<Seats(const SubsessionBase&, const Seats&)> function_;
  std::type_index subsession_ = typeid(void);
  std::type_index player_ = typeid(void);
};

// What those who wait may send: `Reply f(Player& player, const Value& data)`.
class WaitLive {
 public:
  using Function = std::function<Reply(PlayerBase&, const Value&)>;

  WaitLive() = default;
  template <class Player>
  WaitLive(Reply (*method)(Player&, const Value&))
      : function_([method](PlayerBase& player, const Value& data) {
          return method(static_cast<Player&>(player), data);
        }),
        player_(typeid(Player)) {}
  // clang-format off
  template <class F, Text advice = "a wait page's live_method is a function: Reply name(Player& player, const Value& data)">
    requires(!std::is_function_v<std::remove_pointer_t<F>> && !std::same_as<F, WaitLive>)
  WaitLive(F) = delete;  // a wait page's live_method is a function: Reply name(Player& player, const Value& data)
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(function_); }
  const Function& function() const { return function_; }
  std::type_index player() const { return player_; }

 private:
  Function function_;
  std::type_index player_ = typeid(void);
};

struct WaitPage {
  std::string name = {};
  std::string title_text = {};  // "": "Please wait", in the participant's language
  std::string body_text = {};
  UntypedHook<const PlayerBase, bool> is_displayed = {};
  // As of any page; only of use with HTML of its own, which may show {{ title_text }} and
  // {{ body_text }}, too.
  WaitLive live_method = {};
  UntypedHook<const PlayerBase, Value> js_vars = {};
  UntypedHook<const PlayerBase, Value> vars_for_template = {};
  // All players of the session wait for each other, not each group for itself.
  bool wait_for_all_groups = false;
  // Groups are made here, of those who have come; a later round keeps them, unless `every_round`
  // makes new ones. The first page.
  bool group_by_arrival_time = false;
  GroupingMethod group_by_arrival_time_method = {};  // none: the first players_per_group
  // Each round makes its own groups, where the page is shown in it.
  bool every_round = false;
  // Who has waited so long for a group goes to the page named `exit_page`, which nobody else sees,
  // and from there out of the app.
  Duration max_wait = {};
  std::string exit_page = {};
  // Runs when all have come, before they move on. What it throws changes nothing; they then stay
  // until it is run again (`rialto session retry`).
  ArrivalHook after_all_players_arrive = {};

  template <class Group, class Player>
  operator PageOf<Group, Player>() const {
    const auto& of_group = after_all_players_arrive.of_group();
    const auto is_foreign = [](const auto& hook) { return hook && !hook.takes(typeid(Player)); };
    if (is_foreign(is_displayed) || is_foreign(js_vars) || is_foreign(vars_for_template) ||
        (live_method && live_method.player() != typeid(Player)) ||
        (of_group && !of_group.takes(typeid(Group))) ||
        (group_by_arrival_time_method && group_by_arrival_time_method.player() != typeid(Player))) {
      throw std::invalid_argument("wait page " + name +
                                  ": its functions take the Group or Player of another app");
    }
    PageOf<Group, Player> page;
    page.name = name;
    page.wait = true;
    page.waiting = *this;
    if (is_displayed) {
      page.is_displayed = [hook = is_displayed](const Player& player) { return hook(player); };
    }
    if (live_method) {
      page.live_method = [method = live_method.function()](Player& player, const Value& data) {
        return method(player, data);
      };
    }
    if (js_vars) page.js_vars = [hook = js_vars](const Player& player) { return hook(player); };
    if (vars_for_template) {
      page.vars_for_template = [hook = vars_for_template](const Player& player) {
        return hook(player);
      };
    }
    return page;
  }

  // For App: all but the name, and is_displayed. `subsession` is the app's own type.
  void describe(PageModel& model, std::type_index subsession) const;
};

inline WaitPage wait_page(WaitPage page) { return page; }

}  // namespace rialto
