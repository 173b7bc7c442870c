// Can this game be played? What `rialto check`, and `rialto build` of what it made, ask: a library
// is loaded, its app() runs, its pages have their HTML, no variable escapes the journal. Free
// functions, to be called before there are threads. Guarantee: a library is loaded in a process of
// its own; when it crashes or hangs, that is told.
#pragma once

#include <chrono>
#include <string>
#include <vector>

#include "actors/value.h"
#include "apps/command/app_list.h"
#include "storage/result.h"

namespace rialto::command {

struct CheckedGame {
  // What goes on all the same but should not be so (pages that a browser will not show, variables
  // that should be columns), a sentence each.
  std::vector<std::string> found;
  Value bounds;  // app_bounds.h
};

// `invalid` or `not_found` with a sentence, or all of them, a line each.
Result<CheckedGame> check_game(const std::string& library);
// Can it be loaded within that time, and its pages shown? No more is looked for.
Result<void> try_game(const std::string& library, std::chrono::seconds longest);
// As the first of an app that this program has already.
Result<CheckedGame> check_game(const OfferedApp& built_in);

}  // namespace rialto::command
