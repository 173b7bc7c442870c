// What was probably meant by a word that is misspelt. A plain function, any thread.
// Guarantee: what it gives is one of the words that there are.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::command {

// The word of `known` that is fewest letters away, at most `most`: letters that were added, left
// out or changed, or two that changed places.
std::optional<std::string> near_word(std::string_view word, const std::vector<std::string>& known,
                                     std::size_t most);
// `; did you mean "session"?`, if at most a third of the letters are wrong; or nothing.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& known);

}  // namespace rialto::command
