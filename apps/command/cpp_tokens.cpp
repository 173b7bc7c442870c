#include "apps/command/cpp_tokens.h"

#include <cctype>
#include <utility>

namespace rialto::command {
namespace {

bool is_of_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

// Comments, texts and preprocessor lines are left out; a text is `"`.
class Tokens {
 public:
  explicit Tokens(std::string_view source) : source_(source) {}

  std::vector<CppToken> read() {
    while (at_ < source_.size()) {
      const char c = source_[at_];
      if (source_.substr(at_, 2) == "//" || (c == '#' && line_begins_)) {
        skip_to("\n");
      } else if (source_.substr(at_, 2) == "/*") {
        skip_to("*/");
        skip(2);
      } else if (c == 'R' && source_.substr(at_, 2) == "R\"") {
        const std::size_t open = source_.find('(', at_);
        if (open == std::string_view::npos) break;
        skip_to(")" + std::string(source_.substr(at_ + 2, open - at_ - 2)) + "\"");
        take("\"", 1);
        skip_to("\"");
        skip(1);
      } else if (c == '"' || (c == '\'' && !in_number())) {
        skip_text(c);
      } else if (is_of_word(c)) {
        std::size_t end = at_;
        while (end < source_.size() && is_of_word(source_[end])) ++end;
        take(std::string(source_.substr(at_, end - at_)), end - at_);
      } else if (std::isspace(static_cast<unsigned char>(c)) != 0) {
        skip(1);
      } else {
        take(std::string(1, c), 1);
      }
    }
    return std::move(tokens_);
  }

 private:
  bool in_number() const { return at_ > 0 && is_of_word(source_[at_ - 1]); }  // 1'000
  void take(std::string text, std::size_t size) {
    tokens_.push_back({std::move(text), line_});
    line_begins_ = false;
    at_ += size;
  }
  void skip(std::size_t count) {
    for (; count > 0 && at_ < source_.size(); --count, ++at_) {
      if (source_[at_] != '\n') continue;
      ++line_;
      line_begins_ = true;
    }
  }
  void skip_to(std::string_view end) {
    const std::size_t found = source_.find(end, at_);
    skip((found == std::string_view::npos ? source_.size() : found) - at_);
  }
  void skip_text(char quote) {
    tokens_.push_back({"\"", line_});
    skip(1);
    while (at_ < source_.size() && source_[at_] != quote) skip(source_[at_] == '\\' ? 2 : 1);
    skip(1);
  }

  std::string_view source_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  bool line_begins_ = true;
  std::vector<CppToken> tokens_;
};

}  // namespace

bool CppToken::is_word() const { return !text.empty() && is_of_word(text.front()); }

std::vector<CppToken> cpp_tokens(std::string_view source) { return Tokens(source).read(); }

}  // namespace rialto::command
