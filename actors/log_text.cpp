#include "actors/log_text.h"

#include <algorithm>
#include <array>
#include <cstdio>

#include "actors/utf8.h"

namespace rialto {
namespace {

// Of a whole character of UTF-8.
char32_t code_point(std::string_view character) {
  const auto first = static_cast<unsigned char>(character.front());
  if (character.size() == 1) return first;
  char32_t code = first & (0xFFU >> (character.size() + 1));
  for (const char byte : character.substr(1)) {
    code = code << 6U | (static_cast<unsigned char>(byte) & 0x3FU);
  }
  return code;
}

bool is_hidden(char32_t code) {
  const bool is_control = code < 0x20 || (code >= 0x7F && code <= 0x9F);
  const bool is_mark = code == 0x61C || code == 0x200E || code == 0x200F;
  return is_control || is_mark || (code >= 0x2028 && code <= 0x202E) ||
         (code >= 0x2066 && code <= 0x2069);
}

std::string hex(const char* format, char32_t code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), format, static_cast<unsigned>(code));
  return text.data();
}

std::string escape(char32_t code) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  return hex(code < 0x100 ? "\\x%02x" : "\\u%04x", code);
}

// The first `most` bytes of the text with its hidden characters escaped, and how many were taken.
std::pair<std::string, std::size_t> escaped(std::string_view text, std::size_t most) {
  std::string line;
  std::size_t taken = 0;
  while (taken < text.size()) {
    const std::size_t length = utf8_length(text.substr(taken));
    const std::size_t bytes = std::max<std::size_t>(length, 1);
    if (taken + bytes > most) break;
    const std::string_view character = text.substr(taken, bytes);
    taken += bytes;
    if (length == 0) {
      line += hex("\\x%02x", static_cast<unsigned char>(character.front()));
    } else if (const char32_t code = code_point(character); is_hidden(code)) {
      line += escape(code);
    } else {
      line += character;
    }
  }
  return {std::move(line), taken};
}

}  // namespace

std::string visible_text(std::string_view text) { return escaped(text, text.size()).first; }

std::string visible_json(std::string_view json) {
  std::string line;
  while (!json.empty()) {
    const std::size_t length = std::max<std::size_t>(utf8_length(json), 1);
    const char32_t code = code_point(json.substr(0, length));
    // JSON text has no controls below U+0020 in its strings; outside of them they are space.
    code >= 0x7F && is_hidden(code) ? line += hex("\\u%04x", code) : line += json.substr(0, length);
    json.remove_prefix(length);
  }
  return line;
}

std::string log_text(std::string_view text, std::size_t most) {
  auto [line, taken] = escaped(text, most);
  if (taken < text.size()) line += "… (" + std::to_string(text.size()) + " bytes)";
  return std::move(line);
}

}  // namespace rialto
