#include "actors/form_number.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <optional>
#include <string>
#include <system_error>

#include "actors/money.h"
#include "actors/utf8.h"

namespace rialto {
namespace {

constexpr std::string_view no_number = "form_number";
constexpr std::string_view too_large = "form_large";

// The zeros of all decimal digits of Unicode 14; nine more follow each.
constexpr auto zeros = std::to_array<char32_t>(
    {0x30,    0x660,   0x6f0,   0x7c0,   0x966,   0x9e6,   0xa66,   0xae6,   0xb66,   0xbe6,
     0xc66,   0xce6,   0xd66,   0xde6,   0xe50,   0xed0,   0xf20,   0x1040,  0x1090,  0x17e0,
     0x1810,  0x1946,  0x19d0,  0x1a80,  0x1a90,  0x1b50,  0x1bb0,  0x1c40,  0x1c50,  0xa620,
     0xa8d0,  0xa900,  0xa9d0,  0xa9f0,  0xaa50,  0xabf0,  0xff10,  0x104a0, 0x10d30, 0x11066,
     0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650, 0x116c0, 0x11730, 0x118e0,
     0x11950, 0x11c50, 0x11d50, 0x11da0, 0x16a60, 0x16ac0, 0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2,
     0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e950, 0x1fbf0});

bool is_space(char32_t c) {
  return (c >= 0x9 && c <= 0xd) || (c >= 0x1c && c <= 0x20) || c == 0x85 || c == 0xa0 ||
         c == 0x1680 || (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
         c == 0x205f || c == 0x3000;
}

// Takes one character off the text; bytes that are none come as U+FFFD.
char32_t take(std::string_view& text) {
  const std::size_t length = utf8_length(text);
  const auto byte = [&text](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  char32_t c = 0xFFFD;
  if (length == 1) c = byte(0);
  if (length > 1) {
    c = byte(0) & (0x7FU >> length);
    for (std::size_t i = 1; i < length; ++i) c = (c << 6U) | (byte(i) & 0x3FU);
  }
  text.remove_prefix(std::max<std::size_t>(length, 1));
  return c;
}

char ascii(char32_t c) {
  if (c < 0x80) return static_cast<char>(c);
  const auto after = std::ranges::upper_bound(zeros, c);
  const char32_t digit = c - *(after - 1);
  return digit < 10 ? static_cast<char>('0' + digit) : '?';
}

// Without the spaces around it and with ASCII digits; a '?' for what is in no number.
std::string plain(std::string_view text, Comma comma) {
  std::string out;
  std::size_t end = 0;  // after the last character that is no space
  while (!text.empty()) {
    const char32_t c = take(text);
    if (is_space(c) && out.empty()) continue;
    out += is_space(c) ? ' ' : ascii(c);
    if (!is_space(c)) end = out.size();
  }
  out.resize(end);
  if (comma == Comma::is_a_point) std::ranges::replace(out, ',', '.');
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Drops each _ between two digits, as int and float allow; another one stays and spoils the number.
std::string without_underscores(const std::string& text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool between =
        i > 0 && i + 1 < text.size() && is_digit(text[i - 1]) && is_digit(text[i + 1]);
    if (text[i] != '_' || !between) out += text[i];
  }
  return out;
}

// digits * 10^exponent; no zero in front, so that nothing is left of 0.
struct Decimal {
  bool negative = false;
  std::string digits;
  std::int64_t exponent = 0;

  // The power of ten of the first digit.
  std::int64_t magnitude() const { return exponent + static_cast<std::int64_t>(digits.size()) - 1; }
};

class DecimalReader {
 public:
  explicit DecimalReader(std::string_view text) : rest_(text) {}

  std::optional<Decimal> read() {
    if (starts_with("+-")) {
      read_.negative = rest_.front() == '-';
      rest_.remove_prefix(1);
    }
    std::size_t digits = take_digits(0);
    if (starts_with(".")) {
      rest_.remove_prefix(1);
      digits += take_digits(-1);
    }
    if (digits == 0) return std::nullopt;
    if (starts_with("eE") && !take_exponent()) return std::nullopt;
    if (!rest_.empty()) return std::nullopt;
    read_.digits.erase(0, std::min(read_.digits.find_first_not_of('0'), read_.digits.size()));
    return read_;
  }

 private:
  bool starts_with(std::string_view any) const {
    return !rest_.empty() && any.find(rest_.front()) != any.npos;
  }

  std::size_t take_digits(std::int64_t exponent_each) {
    std::size_t count = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1), ++count) {
      read_.digits += rest_.front();
      read_.exponent += exponent_each;
    }
    return count;
  }

  bool take_exponent() {
    constexpr std::int64_t farthest = 1'000'000;  // beyond any number of ours
    rest_.remove_prefix(1);
    const bool negative = starts_with("-");
    if (starts_with("+-")) rest_.remove_prefix(1);
    if (rest_.empty()) return false;
    std::int64_t exponent = 0;
    for (; !rest_.empty() && is_digit(rest_.front()); rest_.remove_prefix(1)) {
      exponent = std::min(exponent * 10 + (rest_.front() - '0'), farthest);
    }
    read_.exponent += negative ? -exponent : exponent;
    return true;
  }

  std::string_view rest_;
  Decimal read_;
};

// Half up, to a whole number of 10^-places; nothing if it has more than 18 digits.
std::optional<std::int64_t> rounded(const Decimal& number, int places) {
  if (number.digits.empty() || number.magnitude() < -places - 1) return 0;
  if (number.magnitude() + places > 17) return std::nullopt;
  const std::int64_t kept = number.magnitude() + places + 1;  // digits before the cut
  std::int64_t whole = 0;
  const auto digit = [&number](std::int64_t i) {
    const auto at = static_cast<std::size_t>(i);
    return at < number.digits.size() ? number.digits[at] - '0' : 0;
  };
  for (std::int64_t i = 0; i < kept; ++i) whole = whole * 10 + digit(i);
  if (digit(kept) >= 5) ++whole;
  return number.negative ? -whole : whole;
}

std::string text_of(const Decimal& number) {
  return (number.negative ? "-" : "") + number.digits + "e" + std::to_string(number.exponent);
}

// As `text_of`, with only the digits that are left after rounding.
std::string text_of(const Decimal& number, int places) {
  if (const auto whole = rounded(number, places)) {
    return std::to_string(*whole) + "e-" + std::to_string(places);
  }
  return text_of(number);  // so large that a double has no such decimals
}

}  // namespace

bool is_blank(std::string_view text) {
  while (!text.empty()) {
    if (!is_space(take(text))) return false;
  }
  return true;
}

NumberRead read_whole(std::string_view text, std::int64_t lowest, std::int64_t highest) {
  std::string digits = without_underscores(plain(text, Comma::is_no_number));
  if (digits.starts_with('+') && digits.find('-') == digits.npos) digits.erase(0, 1);
  const std::size_t sign = digits.starts_with('-') ? 1 : 0;
  if (digits.size() == sign ||
      !std::all_of(digits.begin() + static_cast<std::ptrdiff_t>(sign), digits.end(), is_digit)) {
    return {{}, "form_whole"};
  }
  std::int64_t whole = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), whole);
  if (read.ec != std::errc{} || whole < lowest || whole > highest) return {{}, too_large};
  return {Value(whole), {}};
}

NumberRead read_real(std::string_view text, Comma comma, int decimals) {
  const auto number = DecimalReader(without_underscores(plain(text, comma))).read();
  if (!number) return {{}, no_number};
  if (number->digits.empty() || number->magnitude() < -400) return {Value(0.0), {}};
  const std::string digits = decimals < 0 ? text_of(*number) : text_of(*number, decimals);
  double real = 0;
  const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), real);
  if (read.ec != std::errc{}) {
    if (number->magnitude() > 0) return {{}, too_large};
    return {Value(0.0), {}};
  }
  return {Value(real), {}};
}

NumberRead read_money(std::string_view text, Comma comma) {
  std::string written = plain(text, comma);
  std::erase(written, '_');
  const auto number = DecimalReader(written).read();
  if (!number) return {{}, no_number};
  const auto minor = rounded(*number, Money::decimals());
  if (!minor || *minor > Money::largest || *minor < -Money::largest) return {{}, too_large};
  return {Value(Money::from_minor(*minor)), {}};
}

}  // namespace rialto
