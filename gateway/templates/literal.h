// Python's literals, as tags have them: 12, -1.5, 'text', "text", True, None, [1, 2], (1, 2), 1, 2
// and {'a': 1}. Free functions. Guarantee: nesting is bounded.
// Limitation: a whole number beyond 2^63 becomes a double.
#pragma once

#include <optional>
#include <string_view>

#include "actors/value.h"

namespace rialto::templates {

// Nothing if the text is no literal.
std::optional<Value> parse_literal(std::string_view text);

}  // namespace rialto::templates
