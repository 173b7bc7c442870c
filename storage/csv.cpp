#include "storage/csv.h"

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

void append(std::string& bytes, const Cell& cell, char separator) {
  switch (cell.kind) {
    case Cell::Kind::null:
      return;
    case Cell::Kind::integer:
      bytes.append(std::to_string(cell.integer));
      return;
    case Cell::Kind::decimal:
      bytes.append(cell.text);
      return;
    case Cell::Kind::text:
      must_quote(cell.text, separator) ? quoted(bytes, cell.text)
                                       : static_cast<void>(bytes.append(cell.text));
      return;
  }
}

}  // namespace

void row(std::string& bytes, const std::vector<Cell>& cells, char separator) {
  const std::size_t begin = bytes.size();
  bool is_first = true;
  for (const Cell& cell : cells) {
    if (!is_first) bytes.push_back(separator);
    is_first = false;
    append(bytes, cell, separator);
  }
  // A row of one empty cell would be an empty line.
  if (bytes.size() == begin) bytes.append("\"\"");
  bytes.append("\r\n");
}

}  // namespace rialto::csv
