#include "gateway/forms.h"

#include <algorithm>
#include <charconv>
#include <system_error>

#include "actors/utf8.h"

namespace rialto {
namespace {

std::string only_utf8(std::string text) {
  std::string clean;
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t length = utf8_length(rest);
    clean += length == 0 ? std::string_view("\xEF\xBF\xBD") : rest.substr(0, length);
    rest.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return clean;
}

std::string decode_field(std::string_view text) {
  std::string spaced(text);
  std::ranges::replace(spaced, '+', ' ');
  return decode_percent(spaced);
}

}  // namespace

std::string decode_percent(std::string_view text) {
  std::string decoded;
  decoded.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    unsigned code = 0;
    if (text[at] == '%' && at + 2 < text.size()) {
      const char* const hex = text.data() + at + 1;
      const auto read = std::from_chars(hex, hex + 2, code, 16);
      if (read.ec == std::errc{} && read.ptr == hex + 2) {
        decoded += static_cast<char>(code);
        at += 2;
        continue;
      }
    }
    decoded += text[at];
  }
  return only_utf8(std::move(decoded));
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
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view field = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (field.empty()) continue;
    const std::size_t equals = std::min(field.find('='), field.size());
    const std::string_view value = field.substr(std::min(equals + 1, field.size()));
    fields.emplace_back(decode_field(field.substr(0, equals)), decode_field(value));
  }
  return fields;
}

}  // namespace rialto
