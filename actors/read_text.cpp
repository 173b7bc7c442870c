#include "actors/read_text.h"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "actors/game_file.h"
#include "actors/utf8.h"

namespace rialto {
namespace {

std::string plain_text(GameFile file, std::string_view function) {
  if (!is_utf8(file.text)) {
    throw std::invalid_argument(std::string(function) + " of " + file.path +
                                ": it is not UTF-8; save it as UTF-8");
  }
  constexpr std::string_view mark = "\xEF\xBB\xBF";
  std::string text;
  const std::string_view read = file.text;
  for (std::size_t at = read.starts_with(mark) ? mark.size() : 0; at < read.size(); ++at) {
    if (read[at] == '\r' && at + 1 < read.size() && read[at + 1] == '\n') continue;
    text += read[at];
  }
  return text;
}

}  // namespace

std::string read_text(std::string_view file, const char* source) {
  return plain_text(read_game_file("read_text", file, source, __builtin_return_address(0)),
                    "read_text");
}

std::vector<std::string> read_lines(std::string_view file, const char* source) {
  const std::string text = plain_text(
      read_game_file("read_lines", file, source, __builtin_return_address(0)), "read_lines");
  std::vector<std::string> lines;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    lines.push_back(text.substr(begin, end - begin));
    begin = end + 1;
  }
  return lines;
}

}  // namespace rialto
