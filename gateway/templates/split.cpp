#include "gateway/templates/split.h"

#include <algorithm>

namespace rialto::templates {

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
         (static_cast<unsigned char>(c) & 0x80U) != 0;
}

bool is_name(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_word); }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  return text;
}

std::size_t end_of_quoted(std::string_view text, std::size_t at) {
  const char quote = text[at];
  if (quote != '"' && quote != '\'') return at;
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\')
      ++i;
    else if (text[i] == quote)
      return i + 1;
  }
  return at;
}

Delimiter symbol(std::string_view symbol) {
  return [symbol](std::string_view text, std::size_t at) {
    return text.substr(at).starts_with(symbol) ? symbol.size() : 0;
  };
}

Delimiter spaced_word(std::string_view word) {
  return [word](std::string_view text, std::size_t at) -> std::size_t {
    std::size_t end = at;
    while (end < text.size() && is_space(text[end])) ++end;
    if (end == at || !text.substr(end).starts_with(word)) return 0;
    end += word.size();
    if (end == text.size() || !is_space(text[end])) return 0;
    while (end < text.size() && is_space(text[end])) ++end;
    return end - at;
  };
}

std::vector<std::string_view> split(std::string_view text, const Delimiter& delimiter) {
  std::vector<std::string_view> parts;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t past_quoted = end_of_quoted(text, at);
    if (past_quoted > at) {
      at = past_quoted;
    } else if (const std::size_t length = delimiter(text, at); length > 0) {
      parts.push_back(text.substr(begin, at - begin));
      at += length;
      begin = at;
    } else {
      ++at;
    }
  }
  parts.push_back(text.substr(begin));
  return parts;
}

std::vector<std::string_view> split_words(std::string_view text) {
  std::vector<std::string_view> words =
      split(text, [](std::string_view all, std::size_t at) -> std::size_t {
        return is_space(all[at]) ? 1 : 0;
      });
  std::erase_if(words, [](std::string_view word) { return word.empty(); });
  return words;
}

}  // namespace rialto::templates
