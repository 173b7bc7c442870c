// Numbers as people write them into forms, read as Python reads them (int, float, Decimal), since
// that is what oTree takes: spaces around, "+5", "1_000", "1e3", digits of any script ("５"), and a
// comma for the point. Free functions, any thread. Guarantees: any bytes give a number or a reason;
// NaN, infinity and what does not fit the type are never numbers.
#pragma once

#include <cstdint>
#include <string_view>

#include "actors/value.h"

namespace rialto {

enum class Comma { is_a_point, is_no_number };

struct NumberRead {
  Value value;              // null if it cannot be read
  std::string_view reason;  // then the key of a sentence of ours (form_error.h)
};

// Only white space, as Python's str.strip sees it.
bool is_blank(std::string_view text);

NumberRead read_whole(std::string_view text, std::int64_t lowest, std::int64_t highest);
// Rounded half up to `decimals` by its decimal digits; -1: not rounded.
NumberRead read_real(std::string_view text, Comma comma, int decimals);
// Rounded half up to the decimals of money, as oTree does.
NumberRead read_money(std::string_view text, Comma comma);

}  // namespace rialto
