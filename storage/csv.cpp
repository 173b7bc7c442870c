#include "storage/csv.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <nlohmann/json.hpp>

namespace rialto::csv {
namespace {

constexpr std::int64_t million = 1'000'000;

bool begins_row(const std::string& row) { return row.empty() || row.ends_with("\r\n"); }

// A cell that needs no quotes.
void plain(std::string& row, std::string_view cell) {
  if (!begins_row(row)) row.push_back(',');
  row.append(cell);
}

void quoted(std::string& row, std::string_view cell) {
  plain(row, "\"");
  for (const char byte : cell) {
    if (byte == '"') row.push_back('"');
    row.push_back(byte);
  }
  row.push_back('"');
}

// "12345" with two digits after the point is "123.45".
std::string with_point(std::string digits, std::size_t fraction) {
  if (digits.size() <= fraction) digits.insert(0, fraction + 1 - digits.size(), '0');
  if (fraction > 0) digits.insert(digits.size() - fraction, 1, '.');
  return digits;
}

std::string seconds_since_1970(std::int64_t microseconds) {
  const std::string text = std::to_string(microseconds);
  return microseconds < 0 ? '-' + with_point(text.substr(1), 6) : with_point(text, 6);
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

bool is_text(std::string_view type) { return type == "string"; }

}  // namespace

void text(std::string& row, std::string_view cell) {
  const bool must_quote =
      cell.empty() || cell.find_first_of(",\"\r\n") != std::string_view::npos ||
      std::string_view("=+-@ \t").find(cell.front()) != std::string_view::npos ||
      cell.back() == ' ';
  must_quote ? quoted(row, cell) : plain(row, cell);
}

void number(std::string& row, std::int64_t cell) { plain(row, std::to_string(cell)); }

void empty(std::string& row) {
  // A row of one empty cell would be an empty line.
  begins_row(row) ? quoted(row, "") : plain(row, "");
}

void end_row(std::string& row) { row.append("\r\n"); }

void value(std::string& row, std::string_view type, std::string_view json, int decimals) {
  if (json.empty() || json == "null") return empty(row);
  if (type == "bool" && (json == "true" || json == "false")) return number(row, json == "true");
  if (type == "money") {
    if (const std::string cell = amount(json, decimals); !cell.empty()) return plain(row, cell);
  }
  if (is_text(type) && json.front() == '"') {
    const auto parsed = nlohmann::json::parse(json, nullptr, false);
    if (parsed.is_string()) return text(row, parsed.get_ref<const std::string&>());
  }
  is_number(json) ? plain(row, json) : text(row, json);
}

void time(std::string& row, std::int64_t microseconds) {
  std::int64_t seconds = microseconds / million;
  if (microseconds % million < 0) --seconds;
  const auto fraction = static_cast<int>(microseconds - seconds * million);
  const std::time_t moment = seconds;
  std::tm parts{};
  gmtime_r(&moment, &parts);
  char date[48] = "";
  std::strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%S", &parts);
  char micro[16] = "";
  std::snprintf(micro, sizeof micro, ".%06d", fraction);
  plain(row, std::string(date) + micro + "Z");
  plain(row, seconds_since_1970(microseconds));
}

}  // namespace rialto::csv
