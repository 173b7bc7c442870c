// Variables of a game that live longer than a handler and can be written: they escape the journal.
// Found in the symbols of the library or program that the game is in (nm of binutils reads them)
// and, for their line, in the text of the game's folder. Free function; runs a program.
// Limitation: what is const is told by the text alone: where that cannot be found, or a macro
// declares, a constant that is made at start is named, too. A binary without symbols shows nothing.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto::command {

// What is in the binary: the game alone, whose file may declare things outside its namespace, too.
enum class Holds { the_game, many_games };

// A sentence for each, "FILE:LINE: …"; `unavailable` if the symbols cannot be read. `game` is the
// name of the game, and of its namespace; `folder` has its sources.
Result<std::vector<std::string>> writable_globals(const std::string& binary,
                                                  const std::string& game,
                                                  const std::filesystem::path& folder, Holds holds);

}  // namespace rialto::command
