// An amount of money or points, exact: a whole number of the smallest unit (cents), printed and
// sent as a decimal number. A plain value. Guarantees: no operation loses a cent silently: each
// rounds half up, as oTree does, and what grows beyond `largest` is an AppError. The number of
// decimals is the project's, fixed before the first amount.
#pragma once

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "actors/advice.h"

namespace rialto {

struct Exact {};
// `data.as<Money>(exact)` refuses amounts with more decimals than money has.
inline constexpr Exact exact{};

enum class Rounding { half_up, refuse };

class Money;
class Payment;

// How amounts are printed for people, as oTree does: "$10.50", "10 points". The project's, for all
// threads; set once at the start, before any amount exists.
struct MoneyFormat {
  bool points = false;
  std::string points_name;            // "tokens"; empty: "1 point", "2 points"
  std::string currency_code = "USD";  // ISO 4217
  std::string language = "en";        // also "de", "de-AT": symbol before or after, decimal comma
  std::string thousands;              // "," groups digits; empty: no groups
  int decimals = 2;                   // of Money, see Money::set_decimals
  int currency_decimals = 2;          // of what is paid; those of Money, unless that is points

  // '.' or ','.
  char decimal_separator() const;
  std::string format(Money amount) const;
  // Another number of digits after the point, half to even as Python's format does.
  std::string format(Money amount, int places) const;
  // What is paid: never points.
  std::string format(Payment paid) const;
  std::string format(Payment paid, int places) const;
  // "-1234.50": all decimals, no sign of a currency, a point in every language.
  static std::string digits(Money amount);
  static std::string digits(Money amount, int places);
  static std::string digits(Payment paid);
  // "1234.50" as the language has it: "1.234,50" where `thousands` is ".".
  std::string localized(std::string_view number) const;

 private:
  // "1.234,50" with the currency's sign.
  std::string with_sign(bool negative, const std::string& number) const;
};

class Money {
 public:
  // Of the smallest unit: as many digits as JSON numbers keep in a browser.
  static constexpr std::int64_t largest = 999'999'999'999'999;
  // Digits after the point. 2 unless the project says otherwise.
  static int decimals();
  // Set once, before any thread or amount exists; 0 to 6.
  static void set_decimals(int decimals);
  static const MoneyFormat& format();
  // Sets the decimals, too. Once, as they are.
  static void set_format(MoneyFormat format);

  constexpr Money() = default;
  // Whole units: Money(3) is 3.00.
  template <std::integral T>
  requires(!std::same_as<T, bool> && !std::same_as<T, char>) Money(T units)
      : minor_(of_units(static_cast<std::int64_t>(units))) {}
  // A field's: Money(player.number).
  template <class Held>
  requires std::integral<std::remove_cvref_t<decltype(std::declval<const Held&>().get())>>
  explicit Money(const Held& units) : Money(units.get()) {}
  // clang-format off
  template <std::floating_point T, Text advice = "Money is exact: Money::parse(\"0.50\"), or money * 1.6">
  Money(T) = delete;  // Money is exact: Money::parse("0.50"), or money * 1.6
  // clang-format on

  static Money from_minor(std::int64_t minor);
  // "0.50", "-3", "12.5"; AppError if it is no such number or has more decimals than money has.
  static Money parse(std::string_view text);
  // Half up, by the number's exact binary value as oTree does. AppError if it does not fit.
  static Money rounded(double amount);
  std::int64_t minor() const { return minor_; }
  double to_double() const;
  // "10.5", "10", "-0.05": as JSON has it, and `parse` reads it back.
  std::string text() const;

  Money& operator+=(Money other) { return *this = *this + other; }
  Money& operator-=(Money other) { return *this = *this - other; }
  friend Money operator+(Money a, Money b) { return a.plus(b); }
  friend Money operator-(Money a, Money b) { return a.minus(b); }
  friend Money operator-(Money a) { return Money().minus(a); }
  template <class T>
  requires std::is_arithmetic_v<T>
  friend Money operator*(Money money, T factor) {
    return money.times(static_cast<long double>(factor));
  }
  template <class T>
  requires std::is_arithmetic_v<T>
  friend Money operator*(T factor, Money money) {
    return money.times(static_cast<long double>(factor));
  }
  template <class T>
  requires std::is_arithmetic_v<T>
  friend Money operator/(Money money, T divisor) {
    return money.divided_by(static_cast<long double>(divisor));
  }
  template <class T>
  requires std::is_arithmetic_v<T> Money& operator*=(T factor) { return *this = *this * factor; }
  template <class T>
  requires std::is_arithmetic_v<T> Money& operator/=(T divisor) { return *this = *this / divisor; }
  // How often one amount holds the other: a plain number.
  friend double operator/(Money a, Money b) { return a.share_of(b); }

  friend bool operator==(Money a, Money b) { return a.minor_ == b.minor_; }
  friend std::strong_ordering operator<=>(Money a, Money b) { return a.minor_ <=> b.minor_; }
  friend std::ostream& operator<<(std::ostream& out, Money money) { return money.print_to(out); }

 private:
  static std::int64_t of_units(std::int64_t units);
  Money plus(Money other) const;
  Money minus(Money other) const;
  Money times(long double factor) const;
  Money divided_by(long double divisor) const;
  double share_of(Money other) const;
  std::ostream& print_to(std::ostream& out) const;

  std::int64_t minor_ = 0;
};

}  // namespace rialto
