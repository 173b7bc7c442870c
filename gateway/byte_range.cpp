// range := "bytes=" ( FIRST "-" [LAST] | "-" COUNT )
#include "gateway/byte_range.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace rialto {
namespace {

// Digits alone; too many of them are the largest number.
std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto read = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || read.ptr != text.data() + text.size()) return std::nullopt;
  return read.ec == std::errc::result_out_of_range ? UINT64_MAX : value;
}

}  // namespace

ByteRange read_range(std::string_view header, std::uint64_t file_size) {
  constexpr std::string_view unit = "bytes=";
  const ByteRange whole{ByteRange::Kind::whole, 0, file_size};
  if (!header.starts_with(unit)) return whole;
  header.remove_prefix(unit.size());
  const std::size_t dash = header.find('-');
  if (dash == header.npos) return whole;
  const std::string_view first_text = header.substr(0, dash);
  const std::string_view last_text = header.substr(dash + 1);
  const auto first = number(first_text);
  const auto last = number(last_text);
  if ((!first && !first_text.empty()) || (!last && !last_text.empty()) || (!first && !last)) {
    return whole;
  }
  if (first && last && *last < *first) return whole;
  const std::uint64_t begin = first ? *first : file_size - std::min(*last, file_size);
  if (begin >= file_size) return {ByteRange::Kind::unsatisfiable, 0, 0};
  const std::uint64_t end = first && last ? std::min(*last, file_size - 1) + 1 : file_size;
  return {ByteRange::Kind::part, begin, end - begin};
}

}  // namespace rialto
