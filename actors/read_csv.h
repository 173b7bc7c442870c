// Reads a table beside the game's source, as `read_csv("trials.csv")`: stimuli, treatments, groups.
// Called from a game: for a constant in `app()`, or in a hook (usually creating_session). Reads the
// file each time; keep what the game plays with in fields.
// Guarantees: a list of objects by column name, one for each row; a file that is not there or that
// is no table is a std::invalid_argument with a sentence that names file and line.
// Limitation: `rialto verify` knows nothing of a file that was changed since the session.
#pragma once

#include <string>
#include <string_view>

#include "actors/value.h"

namespace rialto {

// The first line has the columns' names. Cells stand between commas (or semicolons, where the first
// line has no comma), and may be in quotes. Empty cells are null; a column of numbers alone,
// without leading zeros, has numbers; all else is text. The file is looked
// for in the folder of the game's library; of a game that is part of the program, in that of its
// pages, then in that of its source, which `source` is: leave it out.
Value read_csv(std::string_view file, const char* source = __builtin_FILE());

// The same of text; `name` is what problems are told of.
Value parse_csv(std::string_view text, const std::string& name);

}  // namespace rialto
