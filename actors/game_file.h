// A file in a game's folder, wherever that is: beside its library, beside the pages of a game that
// is part of the program, or where it was compiled. A free function, any thread; reads each time.
#pragma once

#include <string>
#include <string_view>

namespace rialto {

struct GameFile {
  std::string path;
  std::string text;  // its bytes
};

// `function` is what a game called, for people; `source` the file that called it, `caller` an
// address in that. std::invalid_argument with a sentence if the file is nowhere.
GameFile read_game_file(std::string_view function, std::string_view file, const char* source,
                        const void* caller);

}  // namespace rialto
