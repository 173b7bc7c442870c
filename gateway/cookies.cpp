#include "gateway/cookies.h"

#include <algorithm>

namespace rialto {
namespace {

constexpr std::string_view space = " \t";

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(space);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

// Is what stands at `at` the name of a cookie, if an = follows?
bool begins_pair(std::string_view header, std::size_t at) {
  const std::size_t before = header.substr(0, at).find_last_not_of(space);
  return before == header.npos || header[before] == ';';
}

}  // namespace

std::vector<std::string_view> cookies_named(std::string_view header, std::string_view name) {
  std::vector<std::string_view> values;
  for (std::size_t at = header.find(name); at != header.npos && values.size() < most_of_one_name;
       at = header.find(name, at + name.size())) {
    const std::size_t equals = header.find_first_not_of(space, at + name.size());
    if (equals == header.npos || header[equals] != '=' || !begins_pair(header, at)) continue;
    const std::size_t end = std::min(header.find(';', equals), header.size());
    values.push_back(trimmed(header.substr(equals + 1, end - equals - 1)));
  }
  return values;
}

std::string session_cookie(std::string_view name, std::string_view value, std::string_view path,
                           Scheme scheme) {
  std::string header(name);
  header += '=';
  header += value;
  header += "; Path=";
  header += path;
  header += "; HttpOnly; SameSite=Lax";
  if (scheme == Scheme::https) header += "; Secure";
  return header;
}

}  // namespace rialto
