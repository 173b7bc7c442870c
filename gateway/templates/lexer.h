// A template cut into text and tags. {{ }} and {% %} mean the same, {# #} is left out.
// Plain values, views into the source. Guarantee: what is between the tokens are comments alone.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "gateway/templates/problem.h"

namespace rialto::templates {

struct Token {
  enum class Kind { text, tag };
  Kind kind;
  std::string_view text;  // of a tag: what stands between the braces, trimmed
  std::uint32_t line;     // where it begins, from 1

  std::string_view keyword() const;  // the first word of a tag
  std::string_view rest() const;     // what follows it
};

struct Tokens {
  std::vector<Token> tokens;
  std::uint32_t unclosed = 0;  // the line of a tag or comment that never ends; 0 if there is none
};

Tokens tokenize(std::string_view source);

}  // namespace rialto::templates
