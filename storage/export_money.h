// Amounts of stored money, as whole numbers of its smallest unit, to be added up and paid out.
// Free functions on values; private to storage/. Guarantees: nothing is rounded but what `paid_out`
// says, and that as participants were told. Limitation: amounts beyond 15 digits give nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rialto {

// JSON text of money as stored (3, 12.5), with `decimals` digits after the point; none if it is no
// amount with at most so many.
std::optional<std::int64_t> minor_units(std::string_view json, int decimals);
// An amount of `decimals` in another of `paid_decimals`, at a rate that is a JSON number:
// multiplied as floating-point numbers, then rounded half up, as oTree does. None if it is no rate,
// or too much.
std::optional<std::int64_t> paid_out(std::int64_t minor_units, int decimals, std::string_view rate,
                                     int paid_decimals);
// 1250 with two decimals is "12.50".
std::string decimal_text(std::int64_t minor_units, int decimals);

}  // namespace rialto
