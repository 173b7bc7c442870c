// What commands print: lines for people, JSON for programs. Plain functions, on the command's only
// thread. Guarantee: a text that is put into a line cannot end it, speak to the terminal, or turn
// what stands beside it (actors/log_text.h), whoever wrote it.
#pragma once

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

#include "actors/log_text.h"
#include "actors/value.h"

namespace rialto::command {

namespace detail {
template <class T>
auto shown(const T& value) {
  if constexpr (std::is_convertible_v<const T&, std::string_view>) {
    return visible_text(std::string_view(value));
  } else {
    return value;
  }
}

template <class... Args>
void print(std::FILE* file, std::string_view format, const Args&... args) {
  const auto safe = std::make_tuple(shown(args)...);
  const std::string text = std::apply(
      [format](const auto&... each) {
        return fmt::vformat(fmt::string_view(format.data(), format.size()),
                            fmt::make_format_args(each...));
      },
      safe);
  std::fwrite(text.data(), 1, text.size(), file);
}
}  // namespace detail

// On standard output; `format` is fmt's, and ends in \n.
template <class... Args>
void say(std::string_view format, const Args&... args) {
  detail::print(stdout, format, args...);
}

// On standard error.
template <class... Args>
void say_aside(std::string_view format, const Args&... args) {
  detail::print(stderr, format, args...);
}

// On standard error, after `begin`: a sentence that may have several lines of its own.
inline void say_lines_aside(std::string_view begin, std::string_view sentence) {
  while (!sentence.empty()) {
    const std::size_t end = std::min(sentence.find('\n'), sentence.size());
    say_aside("{}{}\n", begin, sentence.substr(0, end));
    sentence.remove_prefix(std::min(end + 1, sentence.size()));
    begin = "";
  }
}

// One line.
inline void say_json(const Value& value) {
  const std::string text = visible_json(value.dump()) + '\n';
  std::fwrite(text.data(), 1, text.size(), stdout);
}

}  // namespace rialto::command
