#include "actors/number_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

#include "actors/errors.h"

namespace rialto {
namespace {

struct Format {
  bool commas = false;
  int digits = 6;  // as Python where none are said
  char type = 'f';
};

[[noreturn]] void refuse(std::string_view how) {
  throw AppError("format(x, \"" + std::string(how) +
                 "\"): how is \".2f\", \",.2f\", \".1%\", \"d\", \",d\", \".3g\" or \".2e\"");
}

Format read(std::string_view how) {
  Format format;
  std::string_view rest = how;
  if (rest.starts_with(',')) {
    format.commas = true;
    rest.remove_prefix(1);
  }
  if (rest.starts_with('.')) {
    const auto read = std::from_chars(rest.data() + 1, rest.data() + rest.size(), format.digits);
    if (read.ec != std::errc() || format.digits < 0 || format.digits > 20) refuse(how);
    rest.remove_prefix(static_cast<std::size_t>(read.ptr - rest.data()));
    if (rest.starts_with('d')) refuse(how);
  }
  if (rest.size() != 1 || std::string_view("fdge%").find(rest[0]) == std::string_view::npos) {
    refuse(how);
  }
  format.type = rest[0];
  return format;
}

std::string with_commas(std::string digits) {
  const std::size_t first = digits.starts_with('-') ? 1 : 0;
  const std::size_t end = std::min(digits.find_first_not_of("0123456789", first), digits.size());
  for (std::size_t at = end; at > first + 3;) digits.insert(at -= 3, 1, ',');
  return digits;
}

std::string written(double number, const Format& format) {
  switch (format.type) {
    case 'e':
      return fmt::format("{:.{}e}", number, format.digits);
    case 'g':
      return fmt::format("{:.{}g}", number, format.digits);
    case '%':
      return fmt::format("{:.{}f}%", number * 100, format.digits);
    default:
      return fmt::format("{:.{}f}", number, format.digits);
  }
}

}  // namespace

std::string format(double number, std::string_view how) {
  const Format wanted = read(how);
  if (wanted.type == 'd') {
    throw AppError("format(x, \"d\") is for whole numbers; \".0f\" rounds " +
                   std::to_string(number));
  }
  const std::string text = written(number, wanted);
  return wanted.commas && std::isfinite(number) ? with_commas(text) : text;
}

std::string format(std::int64_t number, std::string_view how) {
  const Format wanted = read(how);
  if (wanted.type != 'd') return format(static_cast<double>(number), how);
  return wanted.commas ? with_commas(std::to_string(number)) : std::to_string(number);
}

std::string format(Money amount, std::string_view how) {
  const Format wanted = read(how);
  if (wanted.type != 'f') return format(amount.to_double(), how);
  const std::string digits = MoneyFormat::digits(amount, wanted.digits);
  return wanted.commas ? with_commas(digits) : digits;
}

}  // namespace rialto
