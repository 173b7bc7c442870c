// A game of the project that cannot be played: it does not compile or load. A plain value.
#pragma once

#include <string>

namespace rialto::command {

struct LeftOut {
  std::string name;
  std::string why;  // all that the compiler said, say: lines
};

}  // namespace rialto::command
