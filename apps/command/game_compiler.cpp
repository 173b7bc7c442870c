#include "apps/command/game_compiler.h"

#include <cstdlib>
#include <utility>

#include "apps/command/installation.h"

namespace rialto::command {

// What a game is compiled with. The last ones make a record re-execute to the same bytes, as the
// built-in games have them. (What must never compile stands in actors/never_meant.h, but for what
// g++ asks for here.)
std::vector<std::string> compiler_flags() {
  return {"-std=c++20",
          "-Wall",
          "-Wextra",
          "-Werror=return-type",
          "-Werror=multichar",
          "-Wno-missing-field-initializers",
          "-ffp-contract=off",
          "-D_GLIBCXX_ASSERTIONS",
          "-I" + headers_folder().string()};
}

std::vector<std::string> compiler_words() {
  const char* const compiler = std::getenv("CXX");
  std::vector<std::string> words{compiler != nullptr ? compiler : "c++"};
  for (std::string& flag : compiler_flags()) words.push_back(std::move(flag));
  return words;
}

}  // namespace rialto::command
