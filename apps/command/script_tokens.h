// The words of a page's scripts, as far as it takes to see which function they stand in.
// A plain value; a free function. Comments, regular expressions and texts in backquotes are left
// out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::command {

struct ScriptToken {
  std::string text;  // a word; a text behind its quote, as 'load; "=>"; or one character
  std::size_t line;  // from 1

  bool is(std::string_view other) const { return text == other; }
  bool is_word() const;
};

// Of all that stands between <script …> and </script>.
std::vector<ScriptToken> script_tokens(std::string_view html);

}  // namespace rialto::command
