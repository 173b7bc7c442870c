#include "actors/payment.h"

#include <algorithm>
#include <cmath>
#include <ostream>

#include "actors/errors.h"
#include "actors/minor_units.h"
#include "actors/money.h"

namespace rialto {
namespace {

[[noreturn]] void too_large() { throw AppError("this amount is too large to be paid"); }

}  // namespace

Payment::Payment() : decimals_(usual_decimals()) {}

Payment Payment::from_minor(std::int64_t minor, int decimals) {
  if (minor > Money::largest || minor < -Money::largest) too_large();
  if (decimals < 0 || decimals > most_decimals) {
    throw AppError("a payment has 0 to 6 decimals");
  }
  return {minor, decimals};
}

Payment Payment::rounded(double amount, int decimals) {
  const long double minor =
      std::round(static_cast<long double>(amount) *
                 static_cast<long double>(minor_per_unit(std::clamp(decimals, 0, most_decimals))));
  if (!(std::abs(minor) <= static_cast<long double>(Money::largest))) too_large();  // NaN, too
  return from_minor(static_cast<std::int64_t>(minor), decimals);
}

int Payment::usual_decimals() { return Money::format().currency_decimals; }

double Payment::to_double() const {
  return static_cast<double>(minor_) / static_cast<double>(minor_per_unit(decimals_));
}

std::string Payment::text() const { return MoneyFormat::digits(*this); }

Payment Payment::plus(Payment other) const {
  const int decimals = std::max(decimals_, other.decimals_);
  const auto scaled = [decimals](Payment each) {
    return from_minor(each.minor_ * minor_per_unit(decimals - each.decimals_), decimals).minor_;
  };
  return from_minor(scaled(*this) + scaled(other), decimals);
}

std::strong_ordering Payment::compare(Payment other) const {
  __extension__ using Wide = __int128;
  const Wide mine = Wide{minor_} * minor_per_unit(other.decimals_);
  const Wide theirs = Wide{other.minor_} * minor_per_unit(decimals_);
  return mine < theirs   ? std::strong_ordering::less
         : mine > theirs ? std::strong_ordering::greater
                         : std::strong_ordering::equal;
}

std::ostream& Payment::print_to(std::ostream& out) const { return out << text(); }

}  // namespace rialto
