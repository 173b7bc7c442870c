// Python's methods that templates call without knowing: of objects items, keys, values, get; of
// texts upper, lower, title, capitalize, strip, startswith, endswith, replace, split; of lists
// count, index; of player, group, … field_maybe_none and field_display. Free functions.
// Limitation: upper and lower know the letters of ASCII alone.
#pragma once

#include <span>
#include <string_view>

#include "gateway/templates/operand.h"

namespace rialto::templates {

// False if what `on` is has no such method. Failure if it does not take these arguments. What comes
// out may borrow from what `on` borrows.
bool call_method(const Operand& on, std::string_view name, std::span<const Value> arguments,
                 Operand& result);

}  // namespace rialto::templates
