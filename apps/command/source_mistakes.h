// What compiles in a game's source and is not what was meant: a row's copy that is changed, a
// number added to a text in quotes, chance and time that are not the game's own. A plain value;
// free functions. Limitation: it reads C++ as people lay it out, not as a compiler does; what a
// macro does is not seen.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::command {

struct SourceMistake {
  std::size_t line;      // from 1
  std::string sentence;  // what is wrong, and what to write
};

// In the order of their lines.
std::vector<SourceMistake> source_mistakes(std::string_view source);

}  // namespace rialto::command
