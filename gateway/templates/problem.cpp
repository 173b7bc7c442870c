#include "gateway/templates/problem.h"

#include "gateway/templates/split.h"

namespace rialto::templates {

std::string Problem::text() const {
  std::string text = file;
  if (line > 0) text += " line " + std::to_string(line);
  text += ": " + message;
  if (!shown.empty()) text += "\n    " + shown;
  return text;
}

std::string shown_line(std::string_view source, std::uint32_t line) {
  constexpr std::size_t longest = 100;
  for (; line > 1 && source.find('\n') != source.npos; --line) {
    source.remove_prefix(source.find('\n') + 1);
  }
  std::string shown(trimmed(source.substr(0, source.find('\n'))));
  if (shown.size() <= longest) return shown;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(shown[end]) & 0xC0U) == 0x80U) --end;
  return shown.substr(0, end) + "...";
}

}  // namespace rialto::templates
