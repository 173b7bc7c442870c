// Rows of CSV files as RFC 4180 has them (UTF-8, CRLF), and as Excel reads them. Free functions on
// values, appending to the bytes of the file. Guarantees: a null is an empty cell, an empty text is
// "". In a plain file text stays what it is, byte for byte: what begins with = + - or @ is quoted,
// never rewritten. In a file for Excel nothing is calculated, and no digit is lost: such text, and
// whole numbers of more than 15 digits, have an apostrophe before them.
#pragma once

#include <string>
#include <vector>

#include "storage/table_cell.h"

namespace rialto {

struct CsvStyle {
  char separator = ',';
  char decimal_point = '.';
  bool for_excel = false;  // also begins with a mark that the file is UTF-8
};

// Excel takes as a number what has the decimal point of its region, and splits cells at the list
// separator of it.
inline constexpr CsvStyle csv_for_english_excel{',', '.', true};
inline constexpr CsvStyle csv_for_german_excel{';', ',', true};  // and most others of Europe
inline constexpr CsvStyle csv_for_swiss_excel{';', '.', true};

namespace csv {

void row(std::string& bytes, const std::vector<Cell>& cells, const CsvStyle& style);

}  // namespace csv

}  // namespace rialto
