// Where the parts of a JSON text begin and end, found without building values: for what must be
// known before it is worth to parse the rest. Free functions on text. Guarantees: they read each
// byte once and no byte beyond the text. Limitation: what they pass over need not be JSON.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

namespace rialto {

// Takes the value that the text begins with off its front; empty: there is none, or it has no end.
std::string_view skim_value(std::string_view& text);

struct JsonMember {
  std::string_view key;  // as it is written, without quotes
  std::string_view value;
};

// The members of an object; nothing if the text is none. At most `most` are looked at.
std::optional<std::vector<JsonMember>> skim_members(std::string_view json, std::size_t most);

// The items of a list; nothing if the text is none, or has more than `most`.
std::optional<std::vector<std::string_view>> skim_items(std::string_view json, std::size_t most);

}  // namespace rialto
