#include "gateway/json_skim.h"

#include <algorithm>

namespace rialto {
namespace {

void skip_blanks(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t\r\n"), text.size()));
}

// Takes `sign` off the front, blanks around it as well.
bool take(std::string_view& text, char sign) {
  skip_blanks(text);
  if (text.empty() || text.front() != sign) return false;
  text.remove_prefix(1);
  skip_blanks(text);
  return true;
}

// Behind the closing quote of the text that begins at `at`.
std::size_t end_of_string(std::string_view text, std::size_t at) {
  for (++at; at < text.size(); ++at) {
    if (text[at] == '\\') {
      ++at;
    } else if (text[at] == '"') {
      return at + 1;
    }
  }
  return text.npos;
}

}  // namespace

std::string_view skim_value(std::string_view& text) {
  std::size_t depth = 0;
  std::size_t at = 0;
  while (at < text.size()) {
    const char c = text[at];
    if (c == '"') {
      at = end_of_string(text, at);
      if (at == text.npos) return {};
    } else if (depth == 0 && (c == ',' || c == ']' || c == '}')) {
      break;
    } else {
      if (c == '{' || c == '[') ++depth;
      if (c == '}' || c == ']') --depth;
      ++at;
    }
  }
  if (depth > 0) return {};
  const std::string_view value = text.substr(0, at);
  text.remove_prefix(at);
  return value.substr(0, value.find_last_not_of(" \t\r\n") + 1);
}

std::optional<std::vector<JsonMember>> skim_members(std::string_view json, std::size_t most) {
  std::vector<JsonMember> members;
  if (!take(json, '{')) return std::nullopt;
  if (take(json, '}')) return members;
  while (members.size() < most) {
    if (json.empty() || json.front() != '"') return std::nullopt;
    const std::size_t end = end_of_string(json, 0);
    if (end == json.npos) return std::nullopt;
    const std::string_view key = json.substr(1, end - 2);
    json.remove_prefix(end);
    if (!take(json, ':')) return std::nullopt;
    const std::string_view value = skim_value(json);
    if (value.empty()) return std::nullopt;
    members.push_back({key, value});
    if (take(json, '}')) return members;
    if (!take(json, ',')) return std::nullopt;
  }
  return members;
}

std::optional<std::vector<std::string_view>> skim_items(std::string_view json, std::size_t most) {
  std::vector<std::string_view> items;
  if (!take(json, '[')) return std::nullopt;
  if (take(json, ']')) return json.empty() ? std::optional(items) : std::nullopt;
  while (items.size() < most) {
    const std::string_view value = skim_value(json);
    if (value.empty()) return std::nullopt;
    items.push_back(value);
    if (take(json, ']')) return json.empty() ? std::optional(items) : std::nullopt;
    if (!take(json, ',')) return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace rialto
