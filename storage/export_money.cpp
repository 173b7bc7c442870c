#include "storage/export_money.h"

#include <algorithm>
#include <charconv>
#include <cmath>

#include "storage/table_cell.h"

namespace rialto {
namespace {

constexpr std::size_t most_digits = 15;
constexpr long double largest = 999'999'999'999'999;

double ten_to(int decimals) {
  double power = 1;
  for (int place = 0; place < decimals; ++place) power *= 10;
  return power;
}

// "-12.50" without its point; none if it has more than `most_digits` digits.
std::optional<std::int64_t> whole(std::string digits) {
  std::erase(digits, '.');
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
  const bool is_number = error == std::errc() && end == digits.data() + digits.size();
  if (!is_number || digits.size() > most_digits + 1) return std::nullopt;
  return value;
}

int places_of(const std::string& digits) {
  const std::size_t point = digits.find('.');
  return point == std::string::npos ? 0 : static_cast<int>(digits.size() - point) - 1;
}

}  // namespace

std::optional<std::int64_t> minor_units(std::string_view json, int decimals) {
  const Cell amount = cell::stored("money", json, decimals);
  if (amount.kind != Cell::Kind::decimal || places_of(amount.text) > decimals) return std::nullopt;
  return whole(amount.text);
}

std::optional<std::int64_t> paid_out(std::int64_t minor_units, int decimals, std::string_view rate,
                                     int paid_decimals) {
  double factor = 0;
  const auto [end, error] = std::from_chars(rate.data(), rate.data() + rate.size(), factor);
  if (error != std::errc() || end != rate.data() + rate.size()) return std::nullopt;
  const double amount = static_cast<double>(minor_units) / ten_to(decimals) * factor;
  const long double paid = std::round(static_cast<long double>(amount) *
                                      static_cast<long double>(ten_to(paid_decimals)));
  if (!(std::abs(paid) <= largest)) return std::nullopt;
  return static_cast<std::int64_t>(paid);
}

std::string decimal_text(std::int64_t minor_units, int decimals) {
  const bool is_negative = minor_units < 0;
  std::string digits = std::to_string(minor_units).substr(is_negative ? 1 : 0);
  const auto places = static_cast<std::size_t>(std::max(decimals, 0));
  if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - places, 1, '.');
  return is_negative ? '-' + digits : digits;
}

}  // namespace rialto
