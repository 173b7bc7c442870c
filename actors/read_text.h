// Reads a text beside the game's source, as `read_text("instructions.txt")`: a story, a list of
// words. Called from a game, as read_csv is, and found where that finds its file. Guarantees: the
// text as it stands, but lines end with "\n" whatever wrote the file; a file that is not there, or
// is not UTF-8, is a std::invalid_argument with a sentence that names it. Limitation: `rialto
// verify` knows nothing of a file that was changed since the session.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rialto {

// `source` is the caller's file: leave it out.
std::string read_text(std::string_view file, const char* source = __builtin_FILE());
// The same, line by line, without the ends of lines; a last empty one is none.
std::vector<std::string> read_lines(std::string_view file, const char* source = __builtin_FILE());

}  // namespace rialto
