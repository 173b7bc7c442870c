// The variables that the text of a game's sources declares beyond one call of a function: those of
// a namespace, and static or thread_local ones. Where they stand, and whether they are const.
// A plain value; free function. Limitation: it reads C++ as people lay it out, not as a compiler
// does: what a macro declares is not seen.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace rialto::command {

struct DeclaredVariable {
  std::string name;
  std::size_t line = 0;  // from 1
  bool constant = false;
  bool in_namespace = false;  // no static member, no static of a function
};

std::vector<DeclaredVariable> declared_variables(std::string_view source);

}  // namespace rialto::command
