#include "actors/money.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "actors/errors.h"
#include "actors/minor_units.h"

namespace rialto {

namespace {

int project_decimals = 2;

std::int64_t minor_per_unit() { return rialto::minor_per_unit(project_decimals); }

[[noreturn]] void too_large() { throw AppError("this amount of money is too large to be kept"); }

std::int64_t round_half_up(long double minor) {
  const long double rounded = std::round(minor);  // ties away from zero: Python's ROUND_HALF_UP
  if (!(std::abs(rounded) <= static_cast<long double>(Money::largest))) too_large();  // NaN, too
  return static_cast<std::int64_t>(rounded);
}

}  // namespace

int Money::decimals() { return project_decimals; }

void Money::set_decimals(int decimals) {
  if (decimals < 0 || decimals > most_decimals) throw AppError("money has 0 to 6 decimals");
  project_decimals = decimals;
}

Money Money::from_minor(std::int64_t minor) {
  if (minor > largest || minor < -largest) too_large();
  Money made;
  made.minor_ = minor;
  return made;
}

std::int64_t Money::of_units(std::int64_t units) {
  if (units > largest || units < -largest) too_large();
  return round_half_up(static_cast<long double>(units) *
                       static_cast<long double>(minor_per_unit()));
}

Money Money::parse(std::string_view text) {
  const auto refuse = [&text] {
    throw AppError("\"" + std::string(text) + "\" is no amount of money with at most " +
                   std::to_string(project_decimals) + " decimals");
  };
  const bool negative = !text.empty() && text.front() == '-';
  std::int64_t minor = 0;
  int decimals = -1;  // digits seen after the point; -1 before it
  bool digits = false;
  for (const char c : text.substr(negative ? 1 : 0)) {
    if (c == '.' && decimals < 0 && digits) {
      decimals = 0;
      digits = false;
      continue;
    }
    if (c < '0' || c > '9' || decimals == project_decimals) refuse();
    digits = true;
    if (decimals >= 0) ++decimals;
    minor = minor * 10 + (c - '0');
    if (minor > largest) too_large();
  }
  if (!digits) refuse();
  minor *= rialto::minor_per_unit(project_decimals - std::max(decimals, 0));
  return from_minor(negative ? -minor : minor);
}

Money Money::rounded(double amount) {
  return from_minor(
      round_half_up(static_cast<long double>(amount) * static_cast<long double>(minor_per_unit())));
}

double Money::to_double() const {
  return static_cast<double>(static_cast<long double>(minor_) /
                             static_cast<long double>(minor_per_unit()));
}

std::string Money::text() const {
  std::string digits = std::to_string(minor_);
  const std::size_t sign = digits.front() == '-' ? 1 : 0;
  const auto decimals = static_cast<std::size_t>(project_decimals);
  if (digits.size() - sign <= decimals)
    digits.insert(sign, decimals + 1 - digits.size() + sign, '0');
  if (decimals > 0) {
    digits.insert(digits.size() - decimals, 1, '.');
    while (digits.back() == '0') digits.pop_back();
    if (digits.back() == '.') digits.pop_back();
  }
  return digits;
}

Money Money::plus(Money other) const { return from_minor(minor_ + other.minor_); }

Money Money::minus(Money other) const { return from_minor(minor_ - other.minor_); }

Money Money::times(long double factor) const {
  return from_minor(round_half_up(static_cast<long double>(minor_) * factor));
}

Money Money::divided_by(long double divisor) const {
  if (divisor == 0) throw AppError("an amount of money was divided by 0");
  return from_minor(round_half_up(static_cast<long double>(minor_) / divisor));
}

double Money::share_of(Money other) const {
  if (other.minor_ == 0) throw AppError("an amount of money was divided by 0");
  return static_cast<double>(minor_) / static_cast<double>(other.minor_);
}

std::ostream& Money::print_to(std::ostream& out) const { return out << text(); }

}  // namespace rialto
