#include "gateway/forms.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "actors/utf8.h"

namespace rialto {
namespace {

std::string only_utf8(std::string text) {
  if (is_utf8(text)) return text;
  std::string clean;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = utf8_length(rest);
    clean += length == 0 ? std::string_view("\xEF\xBF\xBD") : rest.substr(0, length);
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

// The byte that "%41" at the front stands for; nothing if it is no escape.
std::optional<char> escaped(std::string_view text) {
  unsigned code = 0;
  if (text.size() < 3) return std::nullopt;
  const auto read = std::from_chars(text.data() + 1, text.data() + 3, code, 16);
  if (read.ec != std::errc{} || read.ptr != text.data() + 3) return std::nullopt;
  return static_cast<char>(code);
}

// `blank` stands for a blank.
std::string decode(std::string_view text, char blank) {
  std::string decoded;
  decoded.reserve(text.size());
  while (!text.empty()) {
    const auto* const sign =
        std::ranges::find_if(text, [blank](char c) { return c == '%' || c == blank; });
    const auto plain = static_cast<std::size_t>(sign - text.begin());
    decoded.append(text.substr(0, plain));
    text.remove_prefix(plain);
    if (text.empty()) break;
    const auto byte = text.front() == '%' ? escaped(text) : std::nullopt;
    decoded += byte ? *byte : text.front() == '%' ? '%' : ' ';
    text.remove_prefix(byte ? 3 : 1);
  }
  return decoded;
}

}  // namespace

std::string decode_percent(std::string_view text) { return only_utf8(decode(text, '%')); }

std::string decode_field(std::string_view text) { return only_utf8(decode(text, '+')); }

std::optional<std::string> read_field(std::string_view text) {
  std::string decoded = decode(text, '+');
  if (!is_utf8(decoded)) return std::nullopt;
  return decoded;
}

std::string encode_percent(std::string_view text) {
  constexpr char digits[] = "0123456789ABCDEF";
  std::string encoded;
  for (const char each : text) {
    const auto byte = static_cast<unsigned char>(each);
    const bool plain = (each >= 'A' && each <= 'Z') || (each >= 'a' && each <= 'z') ||
                       (each >= '0' && each <= '9') ||
                       std::string_view("-._~").find(each) != std::string_view::npos;
    if (plain) {
      encoded += each;
    } else {
      encoded += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return encoded;
}

FormFields parse_form(std::string_view body) {
  FormFields fields;
  each_field(body, [&fields](std::string_view name, std::string_view value) {
    fields.emplace_back(decode_field(name), decode_field(value));
  });
  return fields;
}

}  // namespace rialto
