// Text of a game or a participant as it may stand on a terminal or in the server's log. Plain
// functions, any thread. Guarantee: no character that could begin a line of its own, speak to a
// terminal, or turn the order of what stands beside it: these stand as escapes (\n, \x1b, \u202e),
// and so do bytes that are no UTF-8. What is an escape already stays as it is.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rialto {

// The whole text. What is escaped: controls (C0, DEL, C1), the line and paragraph separators, and
// what Unicode's bidirectional algorithm (UAX 9) takes orders from.
std::string visible_text(std::string_view text);
// The same of JSON text, whose meaning stays: what is escaped gets JSON's own escapes.
std::string visible_json(std::string_view json);
// At most `most` bytes of the text (counted before they are escaped), and how long it was.
std::string log_text(std::string_view text, std::size_t most);

}  // namespace rialto
