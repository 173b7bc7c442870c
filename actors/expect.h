// What a bot checks, as oTree's expect: `expect(me.payoff, 30)`, `expect(me.payoff, "<=", 30)`,
// `expect("You earn", "in", bot.html())`. Free functions, for play_round and call_live_method.
// Guarantee: what is not so ends the run with both values and the line of the game that says it.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "actors/advice.h"
#include "actors/errors.h"
#include "actors/value.h"

namespace rialto {

// The line of the game that calls.
struct CallerLine {
  static CallerLine here(const char* file = __builtin_FILE(), int line = __builtin_LINE()) {
    return {file, line};
  }
  const char* file;
  int line;
};

namespace detail {
[[noreturn]] void expectation_failed(const Value& actual, std::string_view relation,
                                     const Value& wanted, CallerLine line);
[[noreturn]] void unknown_relation(std::string_view relation, CallerLine line);

template <class T>
concept AsText = std::is_convertible_v<const T&, std::string_view>;

template <class T>
Value told(const T& value) {
  if constexpr (std::is_constructible_v<Value, const T&>) return Value(value);
  return Value("?");
}

// Whole numbers of any signedness compare as numbers.
template <class A, class B>
bool same(const A& a, const B& b) {
  if constexpr (WholeNumber<A> && WholeNumber<B>) {
    return std::cmp_equal(a, b);
  } else {
    return static_cast<bool>(a == b);
  }
}
template <class A, class B>
bool less(const A& a, const B& b) {
  if constexpr (WholeNumber<A> && WholeNumber<B>) {
    return std::cmp_less(a, b);
  } else {
    return static_cast<bool>(a < b);
  }
}
}  // namespace detail

// They are equal.
template <class A, class B>
requires requires(const A& a, const B& b) { a == b; }
void expect(const A& actual, const B& wanted, CallerLine line = CallerLine::here()) {
  if (!detail::same(actual, wanted)) {
    detail::expectation_failed(detail::told(actual), "==", detail::told(wanted), line);
  }
}

// "==", "!=", "<", "<=", ">", ">=".
template <class A, class B>
requires(!(detail::AsText<A> && detail::AsText<B>)&&requires(const A& a, const B& b) {
  a == b;
  a < b;
  b < a;
}) void expect(const A& actual, std::string_view relation, const B& wanted,
               CallerLine line = CallerLine::here()) {
  bool holds = false;
  if (relation == "==") {
    holds = detail::same(actual, wanted);
  } else if (relation == "!=") {
    holds = !detail::same(actual, wanted);
  } else if (relation == "<") {
    holds = detail::less(actual, wanted);
  } else if (relation == "<=") {
    holds = !detail::less(wanted, actual);
  } else if (relation == ">") {
    holds = detail::less(wanted, actual);
  } else if (relation == ">=") {
    holds = !detail::less(actual, wanted);
  } else {
    detail::unknown_relation(relation, line);
  }
  if (!holds) {
    detail::expectation_failed(detail::told(actual), relation, detail::told(wanted), line);
  }
}

// Of two texts also "in" and "not in".
void expect(std::string_view actual, std::string_view relation, std::string_view wanted,
            CallerLine line = CallerLine::here());

// clang-format off
template <class A, class B, Text advice = "expect compares two things that can be compared: expect(me.payoff, 30), expect(me.payoff, \"<=\", 30)">
  requires(!requires(const A& a, const B& b) { a == b; })
void expect(const A&, const B&, CallerLine = CallerLine::here()) = delete;  // expect compares two things that can be compared: expect(me.payoff, 30)
// clang-format on

}  // namespace rialto
