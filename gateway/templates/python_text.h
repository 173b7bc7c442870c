// Values as oTree's pages print them: None, 1 for True, 1234.5, $10.50, ['a', 1.5].
// Free functions, any thread. Numbers have the project's separators (MoneyFormat).
#pragma once

#include <string>

#include "actors/value.h"

namespace rialto::templates {

// As {{ value }} prints it, not escaped.
std::string printed(const Value& value);
// As it stands within a list: texts have quotes.
void append_repr(std::string& out, const Value& value);
// With that many digits after the point, as |to2 prints it. Failure if the value is no number.
std::string printed_with_places(const Value& value, int places);

// Characters of a text, items of a list, members of an object. Failure for what has no length.
std::size_t length_of(const Value& value);
// The characters of a text, whole in UTF-8.
std::vector<std::string_view> characters(std::string_view text);

}  // namespace rialto::templates
