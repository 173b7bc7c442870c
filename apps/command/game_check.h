// Can this library be played? What `rialto build` asks of what it made: it is loaded, its app()
// runs, its pages have their HTML. A free function, to be called before there are threads.
// Guarantee: the library is loaded in a process of its own; when it crashes or hangs, that is told.
#pragma once

#include <string>

#include "storage/result.h"

namespace rialto::command {

// `invalid` or `not_found` with a sentence, or all of them, a line each.
Result<void> check_game(const std::string& library);

}  // namespace rialto::command
