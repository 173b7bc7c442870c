// What a game writes, as JSON text for the store, and back (rules.md 24). Free functions, any
// thread. Guarantees: what `stored_text` took, `read_stored` reads, whatever the bounds of the wire
// are by then; neither recurses.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

// A value that a game stores or sends is nested at most this deep (an empty list is 1 deep): more
// than the wire lets in, so that what came in can be wrapped.
constexpr std::size_t deepest_stored = 500;

// JSON text. AppError if the value is nested deeper than that, and where Value::dump has one.
std::string stored_text(const Value& value);

// Reads what Rialto itself has written, however deep. BadMessage if it is no JSON.
Value read_stored(std::string_view json);

}  // namespace rialto
