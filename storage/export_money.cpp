#include "storage/export_money.h"

#include <algorithm>
#include <charconv>

#include "storage/table_cell.h"

namespace rialto {
namespace {

__extension__ using Wide = __int128;

constexpr std::size_t most_digits = 15;
constexpr int most_places = 12;  // of a rate

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

std::optional<std::int64_t> converted(std::int64_t minor_units, std::string_view rate) {
  const Cell factor = cell::stored("money", rate, 0);
  if (factor.kind != Cell::Kind::decimal || places_of(factor.text) > most_places) {
    return std::nullopt;
  }
  const auto digits = whole(factor.text);
  if (!digits) return std::nullopt;
  Wide divisor = 1;
  for (int place = 0; place < places_of(factor.text); ++place) divisor *= 10;
  const Wide product = Wide{minor_units} * *digits;
  const Wide half = product < 0 ? -divisor / 2 : divisor / 2;
  const Wide result = (product + half) / divisor;
  if (result > INT64_MAX || result < INT64_MIN) return std::nullopt;
  return static_cast<std::int64_t>(result);
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
