#include "actors/messages.h"

#include <charconv>
#include <system_error>

namespace rialto {

std::string to_string(PageRef page) {
  return std::to_string(page.round) + "-" + std::to_string(page.position);
}

bool parse_page(std::string_view text, PageRef& page) {
  if (const auto slash = text.rfind('/'); slash != text.npos) text.remove_prefix(slash + 1);
  const char* const end = text.data() + text.size();
  const auto round = std::from_chars(text.data(), end, page.round);
  if (round.ec != std::errc{} || round.ptr == end || *round.ptr != '-') return false;
  const auto position = std::from_chars(round.ptr + 1, end, page.position);
  return position.ec == std::errc{} && position.ptr == end;
}

std::string_view app_of(std::string_view page) {
  const auto slash = page.rfind('/');
  return page.substr(0, slash == page.npos ? 0 : slash);
}

}  // namespace rialto
