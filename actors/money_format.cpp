// Money -> text for people: where the currency's sign stands in which language, as oTree has it.
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string_view>
#include <utility>

#include "actors/money.h"
#include "actors/payment.h"

namespace rialto {
namespace {

struct Sign {
  std::string_view code;
  std::string_view sign;
};

// Signs of currencies for which a language has no rule of its own.
constexpr std::array<Sign, 28> signs{{
    {"ARS", "$"},   {"AUD", "$"},   {"BRL", "R$"},         {"CAD", "$"},  {"CNY", "元"},
    {"CZK", "Kč"},  {"DKK", "kr"},  {"EGP", "ج.م.\u200F"}, {"EUR", "€"},  {"GBP", "£"},
    {"HKD", "HK$"}, {"HUF", "Ft"},  {"ILS", "₪"},          {"INR", "₹"},  {"JPY", "円"},
    {"KRW", "원"},  {"MXN", "$"},   {"MYR", "RM"},         {"NOK", "kr"}, {"PLN", "zł"},
    {"RUB", "₽"}, {"SEK", "kr"},  {"TRY", "₺"},          {"TWD", "$"},  {"USD", "$"},
    {"ZAR", "R"},   {"CHF", "CHF"}, {"SGD", "SGD"},
}};

struct Rule {
  std::string_view language;  // "de-AT" before "de"
  std::string_view code;      // empty: every other currency
  std::string_view pattern;   // # is the number, @ the sign
};

// The first that fits counts; none: "# @".
constexpr auto rules = std::to_array<Rule>({
    {"en", "INR", "@ #"}, {"en", "SGD", "$#"},    {"en", "CNY", "#@"},
    {"en", "JPY", "#@"},  {"en", "KRW", "#@"},    {"en", "", "@#"},
    {"zh", "CNY", "#@"},  {"zh", "", "@#"},       {"de-AT", "EUR", "@ #"},
    {"de", "EUR", "# @"}, {"de", "", "@ #"},      {"es", "ARS", "@ #"},
    {"es", "MXN", "@#"},  {"nl-BE", "", "# @"},   {"nl", "", "@ #"},
    {"pt", "EUR", "# @"}, {"pt", "", "@#"},       {"ar", "AED", "د.إ.\u200F #"},
    {"ar", "", "@ #"},    {"da", "DKK", "# kr."}, {"ja", "JPY", "#@"},
    {"ja", "", "@#"},     {"ko", "KRW", "#@"},    {"ko", "", "@#"},
    {"ms", "", "@#"},     {"nb", "", "@ #"},      {"th", "THB", "฿#"},
    {"th", "", "@#"},     {"hi", "INR", "₺#"},    {"hi", "", "@#"},
});

std::string_view sign_of(std::string_view code) {
  const auto found = std::ranges::find(signs, code, &Sign::code);
  return found == signs.end() ? code : found->sign;
}

std::string_view pattern_of(std::string_view language, std::string_view code) {
  const std::string_view base = language.substr(0, language.find('-'));
  for (const Rule& rule : rules) {
    if (rule.language != base && rule.language != language) continue;
    if (rule.code.empty() || rule.code == code) return rule.pattern;
  }
  return "# @";
}

// An amount that has so many decimals, without its sign, in that many: "1234.50".
std::string digits_of(std::int64_t minor, int have, int places) {
  std::int64_t scale = 1;
  for (int i = places; i < have; ++i) scale *= 10;
  std::int64_t kept = minor / scale;
  const std::int64_t rest = minor % scale * 2;
  if (rest > scale || (rest == scale && kept % 2 == 1)) ++kept;
  std::string digits = std::to_string(kept);
  const auto decimals = static_cast<std::size_t>(std::min(places, have));
  if (digits.size() <= decimals) digits.insert(0, decimals + 1 - digits.size(), '0');
  if (places > 0) digits.insert(digits.size() - decimals, 1, '.');
  if (places > have) digits.append(static_cast<std::size_t>(places - have), '0');
  return digits;
}

std::string signed_digits(std::int64_t minor, int decimals) {
  return (minor < 0 ? "-" : "") + digits_of(std::abs(minor), decimals, decimals);
}

MoneyFormat project_format;

}  // namespace

const MoneyFormat& Money::format() { return project_format; }

void Money::set_format(MoneyFormat format) {
  set_decimals(format.decimals);
  project_format = std::move(format);
}

char MoneyFormat::decimal_separator() const {
  constexpr std::string_view with_point[] = {"ar", "en", "he", "ja", "ko", "ms", "th", "zh"};
  return std::ranges::count(with_point, std::string_view(language).substr(0, 2)) > 0 ? '.' : ',';
}

std::string MoneyFormat::localized(std::string_view number) const {
  const std::size_t first = std::min(number.find_first_of("0123456789"), number.size());
  const std::size_t end = std::min(number.find_first_not_of("0123456789", first), number.size());
  std::string out(number.substr(0, first));
  for (std::size_t i = first; i < number.size(); ++i) {
    if (i > first && i < end && (end - i) % 3 == 0) out += thousands;
    out += number[i] == '.' ? decimal_separator() : number[i];
  }
  return out;
}

std::string MoneyFormat::digits(Money amount) {
  return signed_digits(amount.minor(), Money::decimals());
}

std::string MoneyFormat::digits(Money amount, int places) {
  return (amount.minor() < 0 ? "-" : "") +
         digits_of(std::abs(amount.minor()), Money::decimals(), places);
}

std::string MoneyFormat::digits(Payment paid) {
  return signed_digits(paid.minor(), paid.decimals());
}

std::string MoneyFormat::format(Money amount) const { return format(amount, Money::decimals()); }

std::string MoneyFormat::format(Money amount, int places) const {
  const bool negative = amount.minor() < 0;
  const std::string number =
      localized(digits_of(std::abs(amount.minor()), Money::decimals(), places));
  if (!points) return with_sign(negative, number);
  const std::string signed_number = negative ? "-" + number : number;
  if (!points_name.empty()) return signed_number + " " + points_name;
  return signed_number + (amount == Money(1) ? " point" : " points");
}

std::string MoneyFormat::format(Payment paid) const { return format(paid, paid.decimals()); }

std::string MoneyFormat::format(Payment paid, int places) const {
  return with_sign(paid.minor() < 0,
                   localized(digits_of(std::abs(paid.minor()), paid.decimals(), places)));
}

std::string MoneyFormat::with_sign(bool negative, const std::string& number) const {
  std::string out = negative ? "-" : "";
  for (const char c : pattern_of(language, currency_code)) {
    if (c == '#')
      out += number;
    else if (c == '@')
      out += sign_of(currency_code);
    else
      out += c;
  }
  return out;
}

}  // namespace rialto
