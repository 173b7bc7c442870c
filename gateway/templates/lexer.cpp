#include "gateway/templates/lexer.h"

#include <algorithm>

#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

// Where the earlier of two stands at or after `from`; the end if neither does.
std::size_t find_either(std::string_view text, std::string_view a, std::string_view b,
                        std::size_t from) {
  return std::min(std::min(text.find(a, from), text.find(b, from)), text.size());
}

}  // namespace

std::string_view Token::keyword() const {
  const auto end = std::ranges::find_if(text, is_space);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

std::string_view Token::rest() const { return trimmed(text.substr(keyword().size())); }

Tokens tokenize(std::string_view source) {
  Tokens made;
  std::uint32_t line = 1;
  std::size_t at = 0;
  const auto go_to = [&](std::size_t to) {
    line += static_cast<std::uint32_t>(std::ranges::count(source.substr(at, to - at), '\n'));
    at = to;
  };
  while (at < source.size()) {
    const std::size_t open = std::min(find_either(source, "{{", "{%", at), source.find("{#", at));
    if (open > at) {
      made.tokens.push_back({Token::Kind::text, source.substr(at, open - at), line});
      go_to(open);
      continue;
    }
    const bool comment = source[at + 1] == '#';
    const std::size_t close = comment ? std::min(source.find("#}", at + 2), source.size())
                                      : find_either(source, "}}", "%}", at + 2);
    if (close == source.size()) {
      made.unclosed = line;
      return made;
    }
    if (!comment) {
      made.tokens.push_back(
          {Token::Kind::tag, trimmed(source.substr(at + 2, close - at - 2)), line});
    }
    go_to(close + 2);
  }
  return made;
}

}  // namespace rialto::templates
