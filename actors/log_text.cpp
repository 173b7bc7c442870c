#include "actors/log_text.h"

#include <algorithm>

#include "actors/utf8.h"

namespace rialto {

std::string log_text(std::string_view text, std::size_t most) {
  std::string line;
  std::size_t taken = 0;
  while (taken < text.size()) {
    const std::size_t length = utf8_length(text.substr(taken));
    if (taken + std::max<std::size_t>(length, 1) > most) break;
    const auto byte = static_cast<unsigned char>(text[taken]);
    // C1 controls are the two bytes C2 80 to C2 9F.
    const bool is_control = length == 0 || byte < 0x20U || byte == 0x7FU ||
                            (byte == 0xC2U && static_cast<unsigned char>(text[taken + 1]) < 0xA0U);
    is_control ? line += ' ' : line += text.substr(taken, length);
    taken += std::max<std::size_t>(length, 1);
  }
  if (taken < text.size()) line += "… (" + std::to_string(text.size()) + " bytes)";
  return line;
}

}  // namespace rialto
