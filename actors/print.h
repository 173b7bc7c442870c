// print("bid from", player.id_in_group(), data): a line on the server's terminal and in
// `session watch`, for authors. Called by handlers, on the unit's thread.
// Guarantee: lines of a step come out with it; a step that is rolled back prints nothing.
#pragma once

#include <string>
#include <string_view>
#include <type_traits>

#include "actors/value.h"

namespace rialto {

namespace detail {
void print_line(std::string line);
// Texts as they are, everything else as JSON.
std::string shown(const Value& value);
}  // namespace detail

template <class First, class... Rest>
void print(const First& first, const Rest&... rest) {
  std::string line = detail::shown(Value(first));
  ((line += " " + detail::shown(Value(rest))), ...);
  detail::print_line(std::move(line));
}

}  // namespace rialto
