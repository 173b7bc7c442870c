#include "gateway/template.h"

#include <algorithm>
#include <functional>
#include <optional>

namespace rialto {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r\n";
  const std::size_t first = text.find_first_not_of(space);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Called with what stands between the braces; nothing returned: the placeholder stays as it is.
using Replace = std::function<std::optional<std::string>(std::string_view)>;

std::string replace_placeholders(std::string_view text, const Replace& replace) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t open = std::min(std::min(text.find("{{"), text.find("{%")), text.size());
    out += text.substr(0, open);
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find(text[1] == '{' ? "}}" : "%}", 2);
    std::optional<std::string> value;
    if (close != text.npos) value = replace(trimmed(text.substr(2, close - 2)));
    if (value)
      out += *value;
    else
      out += text.substr(0, 2);
    text.remove_prefix(value ? close + 2 : 2);
  }
  return out;
}

}  // namespace

Slots& Slots::text(std::string_view name, std::string_view value) {
  return html(name, escape_html(value));
}

Slots& Slots::html(std::string_view name, std::string value) {
  values_.emplace_back(name, std::move(value));
  return *this;
}

Slots& Slots::json(std::string_view name, const Value& value) {
  return html(name, script_json(value));
}

std::string Slots::fill(std::string_view piece) const {
  return replace_placeholders(piece, [this](std::string_view name) -> std::optional<std::string> {
    const auto found =
        std::ranges::find(values_, name, [](const auto& value) { return value.first; });
    if (found == values_.end()) return std::nullopt;
    return found->second;
  });
}

}  // namespace rialto
