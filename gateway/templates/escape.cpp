#include "gateway/templates/escape.h"

namespace rialto {

void escape_html_to(std::string& out, std::string_view text) {
  constexpr std::string_view special = "&<>\"'";
  for (;;) {
    const std::size_t plain = text.find_first_of(special);
    out += text.substr(0, plain);
    if (plain == text.npos) return;
    switch (text[plain]) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      default:
        out += "&#39;";
    }
    text.remove_prefix(plain + 1);
  }
}

std::string escape_html(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  escape_html_to(out, text);
  return out;
}

std::string script_json(const Value& value) {
  std::string out;
  for (const char c : value.dump()) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

}  // namespace rialto
