// Amounts of stored money, as whole numbers of its smallest unit, to be added up and paid out.
// Free functions on values; private to storage/. Guarantee: nothing is rounded but what `converted`
// says. Limitation: amounts beyond 15 digits give nothing.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace rialto {

// JSON text of money as stored (3, 12.5), with `decimals` digits after the point; none if it is no
// amount with at most so many.
std::optional<std::int64_t> minor_units(std::string_view json, int decimals);
// `rate` is a JSON number; half up, away from zero as oTree does. None if it is no rate, or too
// much.
std::optional<std::int64_t> converted(std::int64_t minor_units, std::string_view rate);
// 1250 with two decimals is "12.50".
std::string decimal_text(std::int64_t minor_units, int decimals);

}  // namespace rialto
