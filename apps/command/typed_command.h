// Is each word of a command line that should be a command one? CLI11 says of one that is none only
// that a command is missing. Plain functions of main.cpp. Guarantee: the sentence names what was
// typed, what is near, and what there is.
#pragma once

#include <optional>
#include <string>

namespace CLI {
class App;
}

namespace rialto::command {

// What is wrong with the first word that is no command; nothing if there is none.
std::optional<std::string> unknown_command(const CLI::App& program, int argc,
                                           const char* const* argv);
// After a parse that met what it did not expect: the option that was probably meant, as a sentence
// that begins with "; ", or "".
std::string near_option(const CLI::App& program);

}  // namespace rialto::command
