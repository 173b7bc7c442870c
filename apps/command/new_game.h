// The files of a game to begin with: two players each say a number, and see both. A free function.
// Guarantee: they compile, the game can be played, its test passes.
#pragma once

#include <string>
#include <vector>

namespace rialto::command {

struct NewFile {
  std::string name;
  std::string text;
};

// `name` is a C++ identifier.
std::vector<NewFile> new_game(const std::string& name);

}  // namespace rialto::command
