#include "storage/csv.h"

#include <charconv>
#include <cstdio>
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

// 12345 with two decimals is 123.45.
std::string decimal(std::int64_t amount, int decimals) {
  const std::string text = std::to_string(amount);
  const std::size_t sign = amount < 0 ? 1 : 0;
  const std::size_t fraction = decimals > 0 ? static_cast<std::size_t>(decimals) : 0;
  std::string digits = text.substr(sign);
  if (digits.size() <= fraction) digits = std::string(fraction + 1 - digits.size(), '0') + digits;
  std::string cell = text.substr(0, sign);
  cell.append(digits, 0, digits.size() - fraction);
  if (fraction > 0) cell.append(1, '.').append(digits, digits.size() - fraction);
  return cell;
}

bool is_number(std::string_view json) {
  return !json.empty() && (json.front() == '-' || (json.front() >= '0' && json.front() <= '9'));
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
    std::int64_t amount = 0;
    const auto [end, error] = std::from_chars(json.data(), json.data() + json.size(), amount);
    const bool is_whole = error == std::errc() && end == json.data() + json.size();
    if (is_whole) return plain(row, decimal(amount, decimals));
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
  plain(row, decimal(microseconds, 6));
}

}  // namespace rialto::csv
