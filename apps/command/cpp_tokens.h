// The words of a C++ source, as people lay it out: comments and preprocessor lines are left out,
// and what stands in texts. A plain value; a free function.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::command {

struct CppToken {
  std::string text;  // a word, or one character; `"` is a whole text
  std::size_t line;  // from 1

  bool is(std::string_view other) const { return text == other; }
  bool is_word() const;
};

std::vector<CppToken> cpp_tokens(std::string_view source);

}  // namespace rialto::command
