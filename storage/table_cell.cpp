#include "storage/table_cell.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>
#include <utility>

namespace rialto::cell {
namespace {

constexpr std::int64_t million = 1'000'000;

// "12345" with two digits after the point is "123.45".
std::string with_point(std::string digits, std::size_t fraction) {
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  if (fraction > 0) digits.insert(digits.size() - fraction, 1, '.');
  return digits;
}

bool is_number(std::string_view json) {
  return !json.empty() && (json.front() == '-' || (json.front() >= '0' && json.front() <= '9'));
}

// A JSON number without an exponent, with `decimals` digits after the point, or with more if it has
// more: nothing is rounded here. Empty if it is no number, or a monstrous one.
std::string amount(std::string_view json, int decimals) {
  constexpr int largest_exponent = 20;
  const std::string_view sign = json.substr(0, json.starts_with('-') ? 1 : 0);
  json.remove_prefix(sign.size());
  int exponent = 0;
  if (const std::size_t e = json.find_first_of("eE"); e != json.npos) {
    const char* first = json.data() + e + 1;
    const char* const last = json.data() + json.size();
    if (first != last && *first == '+') ++first;
    const auto [end, error] = std::from_chars(first, last, exponent);
    if (error != std::errc() || end != last || std::abs(exponent) > largest_exponent) return "";
    json = json.substr(0, e);
  }
  const std::size_t point = std::min(json.find('.'), json.size());
  const std::string_view after = json.substr(std::min(point + 1, json.size()));
  std::string digits = std::string(json.substr(0, point)).append(after);
  if (point == 0 || digits.find_first_not_of("0123456789") != digits.npos) return "";
  const int fraction = static_cast<int>(after.size()) - exponent;
  const int wanted = std::max({fraction, decimals, 0});
  digits.append(static_cast<std::size_t>(wanted - fraction), '0');
  digits.erase(0, digits.find_first_not_of('0'));
  return std::string(sign) + with_point(digits, static_cast<std::size_t>(wanted));
}

Cell json_number(std::string_view json) {
  std::int64_t whole = 0;
  const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), whole);
  if (error == std::errc() && end == json.data() + json.size()) return number(whole);
  return decimal(std::string(json));
}

}  // namespace

Cell number(std::int64_t value) { return {Cell::Kind::integer, value, {}}; }

Cell truth(bool value) { return number(value ? 1 : 0); }

Cell text(std::string value) { return {Cell::Kind::text, 0, std::move(value)}; }

Cell text_or_null(std::string value) { return value.empty() ? Cell() : text(std::move(value)); }

Cell decimal(std::string digits) { return {Cell::Kind::decimal, 0, std::move(digits)}; }

Cell stored(std::string_view type, std::string_view json, int decimals) {
  if (json.empty() || json == "null") return {};
  if (type == "bool" && (json == "true" || json == "false")) return truth(json == "true");
  if (type == "money") {
    if (std::string digits = amount(json, decimals); !digits.empty()) {
      return decimal(std::move(digits));
    }
    return text(std::string(json));
  }
  if (type == "string" && json.front() == '"') {
    const bool is_plain = json.size() >= 2 && json.back() == '"' && json.find('\\') == json.npos;
    if (is_plain) return text(std::string(json.substr(1, json.size() - 2)));
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (parsed.is_string()) return text(parsed.get<std::string>());
  }
  return is_number(json) ? json_number(json) : text(std::string(json));
}

Cell json(std::string_view json) {
  const bool is_truth = json == "true" || json == "false";
  return stored(is_truth ? "bool" : "string", json, 0);
}

Cell iso_time(std::int64_t microseconds) {
  std::int64_t seconds = microseconds / million;
  if (microseconds % million < 0) --seconds;
  const auto fraction = static_cast<int>(microseconds - seconds * million);
  const std::time_t moment = seconds;
  std::tm parts{};
  gmtime_r(&moment, &parts);
  char date[48] = "";
  const std::size_t length = std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  std::snprintf(date + length, sizeof date - length, ".%06dZ", fraction);
  return text(date);
}

Cell epoch_time(std::int64_t microseconds) {
  std::string digits = std::to_string(microseconds);
  const bool is_negative = microseconds < 0;
  digits = with_point(digits.substr(is_negative ? 1 : 0), 6);
  return decimal(is_negative ? '-' + digits : digits);
}

}  // namespace rialto::cell
