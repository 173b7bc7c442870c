// Cells and rows of CSV files as RFC 4180 has them (UTF-8, CRLF), made of stored values.
// Free functions on values, appending to the row that is being made.
// Guarantee: text stays what it is, whatever a spreadsheet would make of it: text that begins with
// = + - or @ is quoted, never rewritten. A null is an empty cell, an empty text is "".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rialto::csv {

// Appends a cell (and the comma before it, unless it begins the row).
void text(std::string& row, std::string_view cell);
void number(std::string& row, std::int64_t cell);
void empty(std::string& row);
void end_row(std::string& row);

// A stored value: JSON text of a field type (bool, int, int64, double, string, money, value, list).
// Booleans become 0 and 1; money (stored as a page has it: 3, 12.5) a decimal number with
// `decimals` digits; `value`, `list` and what does not fit its type stay JSON text.
void value(std::string& row, std::string_view type, std::string_view json, int decimals);

// Microseconds since 1970, as ISO 8601 in UTC ("2026-01-31T12:00:00.000001Z") and, in a second
// cell, as seconds since 1970 ("1769860800.000001").
void time(std::string& row, std::int64_t microseconds);

}  // namespace rialto::csv
