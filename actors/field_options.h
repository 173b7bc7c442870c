// What is said of a field where it is declared: its initial value and how a form asks for it.
// Limits and choices take whatever the field itself would take, and refuse the rest where it is
// written. Plain values. Guarantee: a limit that was not said is told from one that was taken away.
#pragma once

#include <concepts>
#include <cstddef>
#include <initializer_list>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "actors/advice.h"
#include "actors/value.h"

namespace rialto {

// Can only be written with names: `{.min = 0, .max = 20}`.
struct ByName {
  explicit ByName() = default;
};

// How a form shows a field. `standard` is oTree's choice for the type: numbers and texts a line to
// write in, bool yes and no as radio buttons, whatever has choices a list to select from.
enum class Widget { standard, radio, radio_horizontal, checkbox, select, slider, text_area };

// `.min = no_limit`: a number may be below 0, which is the limit where none is said.
struct NoLimit {
  explicit NoLimit() = default;
};
inline constexpr NoLimit no_limit{};

namespace detail {
template <class From, class To>
inline constexpr bool drops_fraction = std::floating_point<From>&& std::integral<To>;

template <class From, class To>
inline constexpr bool fits = std::convertible_to<const From&, To> && !drops_fraction<From, To>;

template <class T, class U>
T fitting(const U& value) {
  if constexpr (WholeNumber<T> && WholeNumber<U>) {
    if (!std::in_range<T>(value)) {
      throw std::invalid_argument(std::to_string(value) + " is too large for its field");
    }
    return static_cast<T>(value);
  } else if constexpr (std::is_arithmetic_v<T> && std::is_arithmetic_v<U>) {
    return static_cast<T>(value);
  } else {
    return value;
  }
}
}  // namespace detail

// The smallest or largest number a form takes.
template <class T>
class Bound {
 public:
  Bound() = default;  // not said
  Bound(NoLimit) : said_(true) {}
  Bound(std::optional<T> limit) : said_(true), limit_(std::move(limit)) {}
  template <class U>
  requires detail::fits<U, T> Bound(const U& limit)
      : said_(true), limit_(detail::fitting<T>(limit)) {}
  // clang-format off
  template <class U, Text advice = "a limit has the type of its field: .min = 0, for Money also Money::parse(\"0.50\"), or no_limit">
    requires(!detail::fits<U, T>)
  Bound(const U&) = delete;  // a limit has the type of its field: .min = 0, for Money also Money::parse("0.50"), or no_limit
  // clang-format on

  bool said() const { return said_; }
  const std::optional<T>& limit() const { return limit_; }
  friend bool operator==(const Bound& a, const T& b) { return a.limit_ == b; }

 private:
  bool said_ = false;
  std::optional<T> limit_;
};

// One of the answers a form offers: a value, which is also what people read, or {value, label}.
template <class T>
class Choice {
 public:
  template <class U>
  requires detail::fits<U, T> Choice(const U& value) : value_(detail::fitting<T>(value)) {}
  template <class U>
  requires detail::fits<U, T> Choice(const U& value, std::string label)
      : value_(detail::fitting<T>(value)), label_(std::move(label)) {}
  // clang-format off
  template <class U, Text advice = "choices have the type of their field: {1, 2}, or {{1, \"Low\"}, {2, \"High\"}}">
    requires(!detail::fits<U, T> && !std::same_as<U, Choice>)
  Choice(const U&) = delete;  // choices have the type of their field: {1, 2}, or {{1, "Low"}, {2, "High"}}
  template <class U, class Label, Text advice = "choices have the type of their field: {1, 2}, or {{1, \"Low\"}, {2, \"High\"}}">
    requires(!detail::fits<U, T> || !std::convertible_to<const Label&, std::string>)
  Choice(const U&, const Label&) = delete;  // choices have the type of their field: {1, 2}, or {{1, "Low"}, {2, "High"}}
  // clang-format on

  const T& value() const { return value_; }
  const std::optional<std::string>& label() const { return label_; }

 private:
  T value_;
  std::optional<std::string> label_;
};

// All of them, as `{1, 2}`, `{{1, "Low"}, {2, "High"}}` or a vector of values or of pairs.
template <class T>
class Choices {
 public:
  Choices() = default;  // not said: whatever has the type
  Choices(std::initializer_list<Choice<T>> choices) : said_(true), all_(choices) {}
  template <class U>
  requires detail::fits<U, T> || std::same_as<U, Choice<T>> Choices(const std::vector<U>& choices)
      : said_(true), all_(choices.begin(), choices.end()) {}
  template <class U, class Label>
  requires detail::fits<U, T> Choices(const std::vector<std::pair<U, Label>>& choices)
      : said_(true) {
    for (const auto& [value, label] : choices) all_.emplace_back(value, std::string(label));
  }
  // clang-format off
  template <class U, Text advice = "choices are written {1, 2} or {{1, \"Low\"}, {2, \"High\"}}, in the type of their field">
    requires(!std::same_as<U, Choices>)
  Choices(const U&) = delete;  // choices are written {1, 2} or {{1, "Low"}, {2, "High"}}, in the type of their field
  // clang-format on

  bool said() const { return said_; }
  const std::vector<Choice<T>>& all() const { return all_; }

 private:
  bool said_ = false;
  std::vector<Choice<T>> all_;
};

template <class T>
struct FieldOptions {  // g++ 12 fails on `= {}` at the members that have none
  ByName by_name = ByName();
  std::optional<T> initial;
  // Of a form's input; in the order in which they are written.
  Bound<T> min;           // of a number; not said: 0
  Bound<T> max;           // not said: none
  Choices<T> choices;     // anything else is refused
  std::string label;      // the question
  bool blank = false;     // may be left empty; a checkbox: unchecked
  std::string help_text;  // below the input
  Widget widget = Widget::standard;
  std::size_t max_length = 0;  // characters of a text; 0: 10,000, of a text_area any number
  int decimals = -1;           // of a double: rounded half up to so many; -1: as it was written
  bool personal = false;       // kept apart, left out of exports, can be erased (rules.md 20)
};

}  // namespace rialto
