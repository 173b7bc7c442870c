#include "gateway/templates/literal.h"

#include <charconv>
#include <cmath>
#include <string>

#include "gateway/templates/split.h"

namespace rialto::templates {
namespace {

constexpr int deepest = 32;

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t point) {
  const auto byte = [&out](std::uint32_t bits) { out += static_cast<char>(bits); };
  if (point < 0x80) {
    byte(point);
  } else if (point < 0x800) {
    byte(0xC0U | (point >> 6U));
    byte(0x80U | (point & 0x3FU));
  } else if (point < 0x10000) {
    byte(0xE0U | (point >> 12U));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  } else {
    byte(0xF0U | (point >> 18U));
    byte(0x80U | ((point >> 12U) & 0x3FU));
    byte(0x80U | ((point >> 6U) & 0x3FU));
    byte(0x80U | (point & 0x3FU));
  }
}

struct NoLiteral {};

class LiteralParser {
 public:
  explicit LiteralParser(std::string_view text) : rest_(text) {}

  Value whole() {
    Value value = item(0);
    skip_space();
    if (rest_.empty()) return value;
    Value tuple = list(std::move(value));  // 'a', 'b' needs no brackets
    while (take(',')) {
      skip_space();
      if (rest_.empty()) return tuple;
      tuple.append(item(0));
    }
    if (!rest_.empty()) throw NoLiteral();
    return tuple;
  }

 private:
  void skip_space() { rest_ = trimmed(rest_); }

  bool take(char c) {
    skip_space();
    if (!rest_.starts_with(c)) return false;
    rest_.remove_prefix(1);
    return true;
  }

  bool take_word(std::string_view word) {
    if (!rest_.starts_with(word)) return false;
    if (rest_.size() > word.size() && is_word(rest_[word.size()])) return false;
    rest_.remove_prefix(word.size());
    return true;
  }

  Value item(int depth) {
    if (depth > deepest) throw NoLiteral();
    skip_space();
    if (rest_.empty()) throw NoLiteral();
    const char c = rest_.front();
    if (take_word("True")) return true;
    if (take_word("False")) return false;
    if (take_word("None")) return nullptr;
    if (c == '[') return items(']', depth);
    if (c == '(') return bracketed(depth);
    if (c == '{') return object(depth);
    if (is_digit(c) || c == '.') return number(false);
    if (c == '-' || c == '+') {
      take(c);
      skip_space();
      if (rest_.empty() || !(is_digit(rest_.front()) || rest_.front() == '.')) throw NoLiteral();
      return number(c == '-');
    }
    return text();
  }

  Value items(char close, int depth) {
    rest_.remove_prefix(1);
    Value made = Value::empty_list();
    while (!take(close)) {
      made.append(item(depth + 1));
      if (take(close)) break;
      if (!take(',')) throw NoLiteral();
    }
    return made;
  }

  // (1) is 1, (1,) and () are lists.
  Value bracketed(int depth) {
    rest_.remove_prefix(1);
    if (take(')')) return Value::empty_list();
    Value first = item(depth + 1);
    if (take(')')) return first;
    Value made = list(std::move(first));
    while (take(',')) {
      if (take(')')) return made;
      made.append(item(depth + 1));
    }
    if (!take(')')) throw NoLiteral();
    return made;
  }

  Value object(int depth) {
    rest_.remove_prefix(1);
    Value made = Value::object();
    while (!take('}')) {
      const Value key = item(depth + 1);
      if (!take(':')) throw NoLiteral();
      made.set(key.is_string() ? key.as<std::string>() : key.dump(), item(depth + 1));
      if (take('}')) break;
      if (!take(',')) throw NoLiteral();
    }
    return made;
  }

  Value number(bool negative) {
    std::string digits;
    bool real = false;
    std::size_t end = 0;
    for (; end < rest_.size(); ++end) {
      const char c = rest_[end];
      const bool exponent = (c == 'e' || c == 'E') && end > 0;
      const bool sign = (c == '-' || c == '+') && end > 0 && (rest_[end - 1] | 0x20) == 'e';
      if (c == '_' && end > 0 && is_digit(rest_[end - 1])) continue;
      if (!is_digit(c) && c != '.' && !exponent && !sign) break;
      real = real || !is_digit(c);
      digits += c;
    }
    if ((end < rest_.size() && is_word(rest_[end])) || rest_[end - 1] == '_') throw NoLiteral();
    rest_.remove_prefix(end);
    return real ? real_number(digits, negative) : whole_number(digits, negative);
  }

  static Value whole_number(const std::string& digits, bool negative) {
    if (digits.size() > 1 && digits[0] == '0' &&
        digits.find_first_not_of('0') != std::string::npos) {
      throw NoLiteral();  // Python has no 07
    }
    std::int64_t whole = 0;
    const std::string text = (negative ? "-" : "") + digits;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), whole);
    if (read.ec != std::errc()) return real_number(digits, negative);
    return whole;
  }

  static Value real_number(const std::string& digits, bool negative) {
    double real = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), real);
    if (read.ec != std::errc() || read.ptr != digits.data() + digits.size()) throw NoLiteral();
    return negative ? -real : real;
  }

  // 'a' "b" is ab.
  Value text() {
    std::string made;
    do {
      const bool raw = rest_.starts_with('r');
      if (raw || rest_.starts_with('u')) rest_.remove_prefix(1);
      const std::size_t end = rest_.empty() ? 0 : end_of_quoted(rest_, 0);
      if (end == 0) throw NoLiteral();
      const std::string_view inside = rest_.substr(1, end - 2);
      if (raw)
        made += inside;
      else
        append_unescaped(made, inside);
      rest_.remove_prefix(end);
      skip_space();
    } while (!rest_.empty() && (rest_.front() == '\'' || rest_.front() == '"'));
    return made;
  }

  static void append_unescaped(std::string& made, std::string_view text) {
    while (!text.empty()) {
      const std::size_t back = std::min(text.find('\\'), text.size());
      made += text.substr(0, back);
      text.remove_prefix(back);
      if (text.size() < 2) return;
      const char c = text[1];
      text.remove_prefix(2);
      constexpr std::string_view letters = "nrtabfv\\'\"\n";
      constexpr std::string_view meanings = "\n\r\t\a\b\f\v\\'\"";
      if (const std::size_t known = letters.find(c); known < meanings.size()) {
        made += meanings[known];
      } else if (c == 'x' || c == 'u' || c == 'U') {
        text.remove_prefix(append_point(made, text, c == 'x' ? 2 : c == 'u' ? 4 : 8));
      } else if (c != '\n') {  // a line that goes on
        made += '\\';          // as Python: what it does not know stays
        made += c;
      }
    }
  }

  static std::size_t append_point(std::string& made, std::string_view text, std::size_t digits) {
    std::uint32_t point = 0;
    if (text.size() < digits) throw NoLiteral();
    const auto read = std::from_chars(text.data(), text.data() + digits, point, 16);
    const bool surrogate = point >= 0xD800 && point <= 0xDFFF;
    if (read.ptr != text.data() + digits || point > 0x10FFFF || surrogate) throw NoLiteral();
    append_utf8(made, point);
    return digits;
  }

  std::string_view rest_;
};

}  // namespace

std::optional<Value> parse_literal(std::string_view text) {
  try {
    return LiteralParser(text).whole();
  } catch (const NoLiteral&) {
    return std::nullopt;
  }
}

}  // namespace rialto::templates
