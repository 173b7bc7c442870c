// Text of a game or a participant as it may stand in the server's log: one line, of a bounded
// length. A plain function, any thread. Guarantees: at most `most` bytes of the text and a few more
// that say how long it was; no character that could begin a line of its own or speak to a terminal.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace rialto {

std::string log_text(std::string_view text, std::size_t most);

}  // namespace rialto
