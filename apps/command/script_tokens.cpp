#include "apps/command/script_tokens.h"

#include <algorithm>
#include <cctype>

namespace rialto::command {
namespace {

bool is_of_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '$';
}

class ScriptReader {
 public:
  ScriptReader(std::string_view html, std::size_t begin, std::size_t end,
               std::vector<ScriptToken>& tokens)
      : text_(html.substr(0, end)),
        at_(begin),
        line_(1 + static_cast<std::size_t>(std::ranges::count(html.substr(0, begin), '\n'))),
        tokens_(tokens) {}

  void read() {
    while (at_ < text_.size()) read_one();
  }

 private:
  void read_one() {
    const char c = text_[at_];
    if (text_.substr(at_, 2) == "//") {
      skip_to(text_.find('\n', at_));
    } else if (text_.substr(at_, 2) == "/*") {
      skip_to(text_.find("*/", at_) + 2);
    } else if (c == '`' || (c == '/' && may_begin_expression())) {
      skip_quoted();
    } else if (c == '\'' || c == '"') {
      const std::size_t begin = at_;
      const std::size_t line = line_;
      skip_quoted();
      tokens_.push_back({"'" + std::string(text_.substr(begin + 1, at_ - begin - 2)), line});
    } else if (text_.substr(at_, 2) == "=>") {
      take(2);
    } else if (is_of_word(c)) {
      const auto end = std::find_if_not(text_.begin() + at_, text_.end(), is_of_word);
      take(static_cast<std::size_t>(end - text_.begin()) - at_);
    } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
      skip_to(at_ + 1);
    } else {
      take(1);
    }
  }

  // Is a / here no division?
  bool may_begin_expression() const {
    if (tokens_.empty()) return true;
    const ScriptToken& before = tokens_.back();
    if (before.is("return")) return true;
    return !before.is_word() && !before.is(")") && !before.is("]") &&
           !before.text.starts_with('\'');
  }
  void take(std::size_t size) {
    tokens_.push_back({std::string(text_.substr(at_, size)), line_});
    at_ += size;
  }
  void skip_to(std::size_t end) {
    for (end = std::min(end, text_.size()); at_ < end; ++at_) line_ += text_[at_] == '\n' ? 1 : 0;
  }
  void skip_quoted() {
    const char quote = text_[at_];
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote) end += text_[end] == '\\' ? 2 : 1;
    skip_to(end + 1);
  }

  std::string_view text_;
  std::size_t at_;
  std::size_t line_;
  std::vector<ScriptToken>& tokens_;
};

}  // namespace

bool ScriptToken::is_word() const { return !text.empty() && is_of_word(text.front()); }

std::vector<ScriptToken> script_tokens(std::string_view html) {
  std::vector<ScriptToken> tokens;
  for (std::size_t at = 0; (at = html.find("<script", at)) != html.npos;) {
    const std::size_t begin = html.find('>', at);
    if (begin == html.npos) break;
    const std::size_t end = std::min(html.find("</script", begin), html.size());
    ScriptReader(html, begin + 1, end, tokens).read();
    tokens.push_back({";", 0});
    at = end;
  }
  return tokens;
}

}  // namespace rialto::command
