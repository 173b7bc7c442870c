// A number as text, as Python's format(x, ".2f") and f"{x:.2f}" have it.
// A free function, any thread. Guarantee: rounds as Python does (half to even, of the number's
// exact value; Money exactly); what is no such format is an AppError that says what is.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "actors/field.h"

namespace rialto {

// `how`: ".2f" two digits after the point, ",.2f" with a comma between thousands, ".1%" per cent,
// "d" a whole number, ",d" with commas, ".3g" three digits in all, ".2e" with an exponent.
std::string format(double number, std::string_view how);
std::string format(std::int64_t number, std::string_view how);
std::string format(Money amount, std::string_view how);  // the amount alone, no sign of a currency

// Whatever stands for a number: a field, an int, player.id_in_group().
template <class Number>
requires(!std::same_as<Number, double> && !std::same_as<Number, std::int64_t> &&
         !std::same_as<Number, Money> && std::is_arithmetic_v<detail::Plain<Number>>) std::string
    format(const Number& number, std::string_view how) {
  if constexpr (std::is_integral_v<detail::Plain<Number>>) {
    return format(static_cast<std::int64_t>(detail::plain(number)), how);
  } else {
    return format(static_cast<double>(detail::plain(number)), how);
  }
}
inline std::string format(const Field<Money>& amount, std::string_view how) {
  return format(amount.get(), how);
}

}  // namespace rialto
