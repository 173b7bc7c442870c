// The games of one's own that a project file names, built where that has to be done: a game's
// library is missing, or older than a source of it or than this program. Free functions, to be
// called before there are threads.
// Guarantee: what does not compile is an Error with all the compiler has said.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto::command {

// The folders of the games that the project file names (`games = ["trading", "others"]`), one by
// one or by the folder they are in. Of no file (""): none. `invalid` with file and line.
Result<std::vector<std::filesystem::path>> project_games(const std::filesystem::path& file);

// DIR/NAME.so of the game's folder DIR.
std::filesystem::path library_of(const std::filesystem::path& game);

// Makes the library of a game's folder where it is not as new as it must be.
Result<void> bring_up_to_date(const std::filesystem::path& game);

}  // namespace rialto::command
