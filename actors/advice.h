// Words for the person whose game does not compile. A deleted overload that carries an Advice shows
// its text in the first lines of the compiler's output: g++ prints the template argument, clang the
// line of the deleted function with its comment. Compile time only.
// Guarantee: tests/compile has a game for each advice that must be shown (both compilers).
#pragma once

#include <cstddef>

namespace rialto {

template <std::size_t size>
struct Text {
  char text[size];
  constexpr Text(const char (&from)[size]) {
    for (std::size_t i = 0; i < size; ++i) text[i] = from[i];
  }
};

// An argument nobody passes, where a deleted function can be no template (a copy constructor).
template <Text text>
struct Advice {};

}  // namespace rialto
