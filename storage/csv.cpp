#include "storage/csv.h"

#include <algorithm>
#include <string_view>

namespace rialto::csv {
namespace {

void quoted(std::string& bytes, std::string_view text) {
  bytes.push_back('"');
  for (const char byte : text) {
    if (byte == '"') bytes.push_back('"');
    bytes.push_back(byte);
  }
  bytes.push_back('"');
}

bool must_quote(std::string_view text, char separator) {
  return text.empty() || text.find_first_of("\"\r\n") != text.npos ||
         text.find(separator) != text.npos ||
         std::string_view("=+-@ \t").find(text.front()) != std::string_view::npos ||
         text.back() == ' ';
}

// What a spreadsheet takes for a formula, also after what it takes off the front of a cell.
bool is_calculated(std::string_view text) {
  constexpr std::string_view wide[] = {"\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};  // = + - @
  if (text.empty()) return false;
  if (std::string_view("=+-@\t\r\n").find(text.front()) != text.npos) return true;
  return std::ranges::any_of(wide, [&](std::string_view sign) { return text.starts_with(sign); });
}

void append_text(std::string& bytes, std::string_view text, const CsvStyle& style) {
  const std::string safe = style.for_excel && is_calculated(text) ? '\'' + std::string(text) : "";
  if (!safe.empty()) text = safe;
  must_quote(text, style.separator) ? quoted(bytes, text) : static_cast<void>(bytes.append(text));
}

void append_integer(std::string& bytes, std::int64_t integer, const CsvStyle& style) {
  constexpr std::int64_t most_for_excel = 999'999'999'999'999;
  const bool loses_digits = integer > most_for_excel || integer < -most_for_excel;
  if (style.for_excel && loses_digits) bytes.push_back('\'');
  bytes.append(std::to_string(integer));
}

void append_decimal(std::string& bytes, std::string digits, const CsvStyle& style) {
  std::ranges::replace(digits, '.', style.decimal_point);
  bytes.append(digits);
}

void append(std::string& bytes, const Cell& cell, const CsvStyle& style) {
  switch (cell.kind) {
    case Cell::Kind::null:
      return;
    case Cell::Kind::integer:
      return append_integer(bytes, cell.integer, style);
    case Cell::Kind::decimal:
      return append_decimal(bytes, cell.text, style);
    case Cell::Kind::text:
      return append_text(bytes, cell.text, style);
  }
}

}  // namespace

void row(std::string& bytes, const std::vector<Cell>& cells, const CsvStyle& style) {
  const std::size_t begin = bytes.size();
  bool is_first = true;
  for (const Cell& cell : cells) {
    if (!is_first) bytes.push_back(style.separator);
    is_first = false;
    append(bytes, cell, style);
  }
  // A row of one empty cell would be an empty line.
  if (bytes.size() == begin) bytes.append("\"\"");
  bytes.append("\r\n");
}

}  // namespace rialto::csv
