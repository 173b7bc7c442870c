// One cell of an exported table, whatever kind of file it goes to: nothing, a whole number, a
// decimal number or a text. A plain value; private to storage/. Guarantee: a decimal keeps all the
// digits that were stored. Limitation: a decimal is text until a format with binary numbers takes
// it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rialto {

struct Cell {
  enum class Kind : std::uint8_t { null, integer, decimal, text };

  Kind kind = Kind::null;
  std::int64_t integer = 0;
  std::string text;  // of a text; the digits of a decimal: "-12.50"

  bool operator==(const Cell&) const = default;
};

namespace cell {

Cell number(std::int64_t value);
Cell truth(bool value);  // 0 or 1
Cell text(std::string value);
// Text, or nothing if it is empty.
Cell text_or_null(std::string value);
Cell decimal(std::string digits);

// A stored value: JSON text of a field type (bool, int, int64, double, string, money, value, list).
// Money (stored as a page has it: 3, 12.5) has `decimals` digits after the point, or more if it has
// more; `value`, `list` and what does not fit its type stay JSON text.
Cell stored(std::string_view type, std::string_view json, int decimals);

// Any JSON text: a text without its quotes, a truth as 0 or 1; lists and objects stay JSON.
Cell json(std::string_view json);

// Microseconds since 1970, as ISO 8601 in UTC: "2026-01-31T12:00:00.000001Z".
Cell iso_time(std::int64_t microseconds);
// The same as seconds since 1970: 1769860800.000001.
Cell epoch_time(std::int64_t microseconds);

}  // namespace cell

}  // namespace rialto
