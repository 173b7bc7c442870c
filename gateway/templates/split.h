// Takes the text of a tag apart, with an eye on quotes: what stands in '…' or "…" is never a
// delimiter. Free functions on views into the template. Guarantee: nothing is copied.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::templates {

inline bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}
// A letter, digit or underscore of any script.
bool is_word(char c);
// Only such, and at least one.
bool is_name(std::string_view text);

std::string_view trimmed(std::string_view text);
// Where the quoted text that begins at `at` ends (after its closing quote); `at` if none begins.
std::size_t end_of_quoted(std::string_view text, std::size_t at);

// The length of the delimiter that begins at `at`; 0 if none does.
using Delimiter = std::function<std::size_t(std::string_view text, std::size_t at)>;
// One of the characters or symbols themselves.
Delimiter symbol(std::string_view symbol);
// The word with white space on both sides, which goes with it.
Delimiter spaced_word(std::string_view word);

// The parts between delimiters, as they stand; always at least one.
std::vector<std::string_view> split(std::string_view text, const Delimiter& delimiter);
// Parts between white space; quoted text keeps together: a, label='b c'.
std::vector<std::string_view> split_words(std::string_view text);

}  // namespace rialto::templates
