#include "gateway/cookies.h"

#include <algorithm>

namespace rialto {
namespace {

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t";
  const std::size_t first = text.find_first_not_of(space);
  if (first == text.npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

}  // namespace

std::vector<std::string_view> cookies_named(std::string_view header, std::string_view name) {
  std::vector<std::string_view> values;
  while (!header.empty()) {
    const std::size_t end = std::min(header.find(';'), header.size());
    const std::string_view pair = header.substr(0, end);
    header.remove_prefix(std::min(end + 1, header.size()));
    const std::size_t equals = pair.find('=');
    if (equals == pair.npos || trimmed(pair.substr(0, equals)) != name) continue;
    values.push_back(trimmed(pair.substr(equals + 1)));
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
