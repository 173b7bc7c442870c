// What a person is paid: an amount of the project's currency with decimals of its own (cents), be
// Money points or not. A plain value. Guarantees: whole units of its smallest part; made from
// points it is rounded once, half up, as oTree does. Limitation: at most Money::largest.
#pragma once

#include <compare>
#include <cstdint>
#include <iosfwd>
#include <string>

namespace rialto {

class Payment {
 public:
  // Nothing, in the project's decimals.
  Payment();
  static Payment from_minor(std::int64_t minor, int decimals);
  // Half up, by the number's exact binary value. AppError if it does not fit.
  static Payment rounded(double amount, int decimals);
  // The project's: MoneyFormat::currency_decimals.
  static int usual_decimals();

  std::int64_t minor() const { return minor_; }
  int decimals() const { return decimals_; }
  double to_double() const;
  // "12.50", "-0.05": all decimals, a point in every language.
  std::string text() const;

  // In the larger number of decimals.
  friend Payment operator+(Payment a, Payment b) { return a.plus(b); }
  friend bool operator==(Payment a, Payment b) { return a.compare(b) == 0; }
  friend std::strong_ordering operator<=>(Payment a, Payment b) { return a.compare(b); }
  friend std::ostream& operator<<(std::ostream& out, Payment paid) { return paid.print_to(out); }

 private:
  Payment(std::int64_t minor, int decimals) : minor_(minor), decimals_(decimals) {}
  Payment plus(Payment other) const;
  std::strong_ordering compare(Payment other) const;
  std::ostream& print_to(std::ostream& out) const;

  std::int64_t minor_ = 0;
  int decimals_ = 0;
};

}  // namespace rialto
