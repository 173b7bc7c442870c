// Work that may crash or hang, done in a process of its own: loading a game, whose static
// initialisers, app() and constructors are its author's code. A free function; the caller has no
// threads that the work needs. Guarantee: it ends in time, and how it ended is told.
#pragma once

#include <chrono>
#include <functional>
#include <string>

#include "storage/result.h"

namespace rialto::command {

// What the work gave, or its error; or a sentence about `library`, which it loads.
Result<std::string> run_apart(const std::string& library,
                              const std::function<Result<std::string>()>& work,
                              std::chrono::seconds longest = std::chrono::seconds(10));

}  // namespace rialto::command
