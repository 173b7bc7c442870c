// Numbers as people type them into the inputs of a live page, whose scripts often send the text:
// `entered<Money>(data["bid"])` takes 5, "5", " 5 " and "5.50", as forms do. Called in handlers.
// Guarantee: what is no number, or does not fit, is a BadMessage with a sentence.
#pragma once

#include <concepts>
#include <cstdint>
#include <limits>

#include "actors/money.h"
#include "actors/value.h"

namespace rialto {

namespace detail {
// Of a text; BadMessage if it is no such number.
Value entered_whole(const Value& text, std::int64_t lowest, std::int64_t highest);
Value entered_real(const Value& text);
Value entered_money(const Value& text);
}  // namespace detail

// T: int, int64_t, double or Money, which is rounded half up. A number stands for itself, as in
// `as<T>()`.
template <class T>
requires std::same_as<T, int> || std::same_as<T, std::int64_t> || std::same_as<T, double> ||
    std::same_as<T, Money>
        T entered(const Value& value) {
  if (!value.is_string()) return value.as<T>();
  if constexpr (std::same_as<T, Money>) {
    return detail::entered_money(value).template as<Money>();
  } else if constexpr (std::same_as<T, double>) {
    return detail::entered_real(value).template as<double>();
  } else {
    return detail::entered_whole(value, std::numeric_limits<T>::min(),
                                 std::numeric_limits<T>::max())
        .template as<T>();
  }
}

}  // namespace rialto
