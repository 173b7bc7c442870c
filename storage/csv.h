// Rows of CSV files as RFC 4180 has them (UTF-8, CRLF). Free functions on values, appending to the
// bytes of the file. Guarantee: text stays what it is, whatever a spreadsheet would make of it:
// text that begins with = + - or @ is quoted, never rewritten. A null is an empty cell, an empty
// text is "".
#pragma once

#include <string>
#include <vector>

#include "storage/table_cell.h"

namespace rialto {

struct CsvStyle {
  char separator = ',';
  bool byte_order_mark = false;  // tells Excel that the file is UTF-8
};

inline constexpr CsvStyle csv_for_excel{';', true};

namespace csv {

void row(std::string& bytes, const std::vector<Cell>& cells, char separator);

}  // namespace csv

}  // namespace rialto
