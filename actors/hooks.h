// The slots of a page: what a game's functions must look like. Each takes a function of one shape
// and refuses every other where it is written, with the shape it expects. Compile time, then a
// std::function. Guarantee: what was taken can be called without a conversion.
#pragma once

#include <chrono>
#include <concepts>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "actors/advice.h"
#include "actors/bot.h"
#include "actors/errors.h"
#include "actors/model.h"
#include "actors/reply.h"
#include "actors/subsession_base.h"
#include "actors/value.h"

namespace rialto {

// A function of exactly this shape, or none. `wanted` is what the compiler says to another shape:
// the name of the slot and a function as it should be.
template <class Shape,
          Text wanted = "the function for this slot has another shape than the Hook<...> says">
class Hook;

template <Text wanted, class Result, class... Args>
class Hook<Result(Args...), wanted> {
 public:
  // Written out, since g++ 12 fails on defaulted ones where a slot is left out of a form field's.
  Hook() noexcept {}
  ~Hook() noexcept {}
  Hook(const Hook&) = default;
  Hook& operator=(const Hook&) = default;
  template <class F>
  requires std::is_invocable_r_v<Result, const F&, Args...> Hook(F function)
      : function_(std::move(function)) {}
  // clang-format off
  template <class F, Text advice = wanted>
    requires(!std::is_invocable_r_v<Result, const F&, Args...>)
  Hook(F) = delete;  // the function for this slot has another shape; the type of the slot says which
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(function_); }
  Result operator()(Args... args) const { return function_(std::forward<Args>(args)...); }

 private:
  std::function<Result(Args...)> function_;
};

// What runs when a page was submitted: `void f(Player&)`, or `void f(Player&, bool timed_out)`.
template <class Player>
class BeforeNextPage {
 public:
  BeforeNextPage() = default;
  template <class F>
  requires std::is_invocable_v<const F&, Player&, bool> BeforeNextPage(F function)
      : function_(std::move(function)) {}
  template <class F>
  requires std::is_invocable_v<const F&, Player&> BeforeNextPage(F function)
      : function_([function = std::move(function)](Player& player, bool) { function(player); }) {}
  // clang-format off
  template <class F, Text advice = "before_next_page is: void f(Player& player), or void f(Player& player, bool timed_out)">
    requires(!std::is_invocable_v<const F&, Player&> && !std::is_invocable_v<const F&, Player&, bool>)
  BeforeNextPage(F) = delete;  // before_next_page is: void f(Player& player), or void f(Player& player, bool timed_out)
  // clang-format on

  explicit operator bool() const { return static_cast<bool>(function_); }
  void operator()(Player& player, bool timed_out) const { function_(player, timed_out); }

 private:
  std::function<void(Player&, bool)> function_;
};

// What runs when a session is made: `void f(Group&)`, or `void f(Subsession&)`.
template <class Group, class Subsession>
class CreatingSession {
 public:
  CreatingSession() = default;
  template <class F>
  requires std::is_invocable_v<const F&, Group&> CreatingSession(F function)
      : of_group_([function = std::move(function)](GroupBase& group) {
          function(static_cast<Group&>(group));
        }) {}
  template <class F>
  requires std::is_invocable_v<const F&, Subsession&> CreatingSession(F function)
      : of_all_([function = std::move(function)](SubsessionBase& subsession) {
          function(static_cast<Subsession&>(subsession));
        }) {}
  // clang-format off
  template <class F, Text advice = "creating_session wants: void f(Group&), or void f(Subsession&)">
    requires(!std::is_invocable_v<const F&, Group&> && !std::is_invocable_v<const F&, Subsession&>)
  CreatingSession(F) = delete;  // creating_session wants: void f(Group&), or void f(Subsession&)
  // clang-format on

  const std::function<void(GroupBase&)>& of_group() const { return of_group_; }
  const std::function<void(SubsessionBase&)>& of_all() const { return of_all_; }

 private:
  std::function<void(GroupBase&)> of_group_;
  std::function<void(SubsessionBase&)> of_all_;
};

// Which app follows: `std::string f(const Player&)`, or with the apps there are to come.
template <class Player>
class NextApp {
 public:
  using Names = std::vector<std::string>;
  using Function = std::function<std::string(const PlayerBase&, const Names&)>;

  NextApp() = default;
  template <class F>
  requires std::is_invocable_r_v<std::string, const F&, const Player&, const Names&> NextApp(F next)
      : function_([next = std::move(next)](const PlayerBase& player, const Names& upcoming) {
          return next(static_cast<const Player&>(player), upcoming);
        }) {}
  template <class F>
  requires std::is_invocable_r_v<std::string, const F&, const Player&> NextApp(F next)
      : function_([next = std::move(next)](const PlayerBase& player, const Names&) {
          return next(static_cast<const Player&>(player));
        }) {}

  explicit operator bool() const { return static_cast<bool>(function_); }
  const Function& function() const { return function_; }

 private:
  Function function_;
};

// What a bot does on a page: `void play_round(Bot& bot, const Player& me)`, or without the player.
template <class Player>
class PlayRound {
 public:
  PlayRound() = default;
  template <class F>
  requires std::is_invocable_v<const F&, Bot&, const Player&> PlayRound(F hook)
      : function_([hook = std::move(hook)](Bot& bot, const PlayerBase* me) {
          hook(bot, static_cast<const Player&>(*me));
        }),
        wants_player_(true) {}
  template <class F>
  requires std::is_invocable_v<const F&, Bot&> PlayRound(F hook)
      : function_([hook = std::move(hook)](Bot& bot, const PlayerBase*) { hook(bot); }) {}
  // clang-format off
  template <class F, Text advice = "play_round is: void play_round(Bot& bot, const Player& me), or void play_round(Bot& bot)">
    requires(!std::is_invocable_v<const F&, Bot&> && !std::is_invocable_v<const F&, Bot&, const Player&>)
  PlayRound(F) = delete;  // play_round is: void play_round(Bot& bot, const Player& me), or void play_round(Bot& bot)
  // clang-format on

  const std::function<void(Bot&, const PlayerBase*)>& function() const { return function_; }
  bool wants_player() const { return wants_player_; }

 private:
  std::function<void(Bot&, const PlayerBase*)> function_;
  bool wants_player_ = false;
};

// What a live message goes to: the function sees who sent it and what.
template <class Group, class Player>
class LiveMethod {
 public:
  using Function = std::function<Reply(PlayerBase&, const Value&)>;

  LiveMethod() = default;
  template <class F>
  requires std::is_invocable_r_v<Reply, const F&, Player&, const Value&> LiveMethod(F method)
      : function_([method = std::move(method)](PlayerBase& player, const Value& data) -> Reply {
          return method(static_cast<Player&>(player), data);
        }) {}
  template <class F>
  requires(std::is_invocable_r_v<Reply, const F&, Group&, int, const Value&> &&
           !std::is_invocable_r_v<Reply, const F&, Player&, const Value&>) LiveMethod(F method)
      : function_([method = std::move(method)](PlayerBase& player, const Value& data) -> Reply {
          return method(static_cast<Group&>(player.group_base()), player.id_in_group(), data);
        }) {}
  // clang-format off
  template <class F, Text advice = "a live method is: Reply name(Player& player, const Value& data)">
    requires(!std::is_invocable_r_v<Reply, const F&, Player&, const Value&> && !std::is_invocable_r_v<Reply, const F&, Group&, int, const Value&>)
  LiveMethod(F) = delete;  // a live method is: Reply name(Player& player, const Value& data)
  // clang-format on

  const Function& function() const { return function_; }

 private:
  Function function_;
};

// One of `.live = {{"offer", offer}, {"accept", accept}}`: the function for a message's "type".
template <class Group, class Player>
struct LiveMethodOfType {
  std::string_view type = {};
  LiveMethod<Group, Player> method = {};
};

// Of one page; more do not compile.
inline constexpr std::size_t max_live_types = 16;

// Finds the function by data["type"]; an unknown one is a BadMessage that names the known ones.
class LiveDispatch {
 public:
  using Function = std::function<Reply(PlayerBase&, const Value&)>;

  void add(std::string_view type, Function function);
  bool empty() const { return entries_.empty(); }
  Reply operator()(PlayerBase& player, const Value& data) const;

 private:
  std::vector<std::pair<std::string, Function>> entries_;
};

// A length of time with its unit: 60s, 2min, 500ms.
class Duration {
 public:
  Duration() = default;  // none
  template <class Rep, class Period>
  Duration(std::chrono::duration<Rep, Period> length)
      : length_(std::chrono::duration_cast<std::chrono::microseconds>(length)) {}
  // clang-format off
  template <class Number, Text advice = "say the unit: 60s, 2min, 500ms">
    requires std::is_arithmetic_v<Number>
  Duration(Number) = delete;  // say the unit: 60s, 2min, 500ms
  // clang-format on

  const std::optional<std::chrono::microseconds>& length() const { return length_; }

 private:
  std::optional<std::chrono::microseconds> length_;
};

}  // namespace rialto
