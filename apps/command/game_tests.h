// Runs the tests of a game, a library that `rialto build --test` has made, in a process of its own.
// A free function, to be called before there are threads.
#pragma once

#include <string>

namespace rialto::command {

// 0 if all passed. What they print goes to standard output; a crash is told.
int run_game_tests(const std::string& library);

}  // namespace rialto::command
