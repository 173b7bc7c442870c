// How games are compiled: which compiler, and with what. Free functions, any thread.
#pragma once

#include <string>
#include <vector>

namespace rialto::command {

std::vector<std::string> compiler_flags();
// The compiler, $CXX or c++, and the flags.
std::vector<std::string> compiler_words();

}  // namespace rialto::command
