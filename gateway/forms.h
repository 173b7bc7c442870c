// What browsers send when a form is submitted: application/x-www-form-urlencoded (URL Standard,
// section 5.1). Free functions on text. Guarantee: any bytes give some fields, all of them UTF-8.
#pragma once

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rialto {

using FormFields = std::vector<std::pair<std::string, std::string>>;

// Calls `take(name, value)` with the fields as they came, encoded, in their order.
template <class Take>
void each_field(std::string_view body, const Take& take) {
  while (!body.empty()) {
    const std::size_t end = std::min(body.find('&'), body.size());
    const std::string_view field = body.substr(0, end);
    body.remove_prefix(std::min(end + 1, body.size()));
    if (field.empty()) continue;
    const std::size_t equals = std::min(field.find('='), field.size());
    take(field.substr(0, equals), field.substr(std::min(equals + 1, field.size())));
  }
}

// In the order they came, repeated names included.
FormFields parse_form(std::string_view body);

// One name or value of these.
std::string decode_field(std::string_view text);

// The same; nothing if it is not UTF-8.
std::optional<std::string> read_field(std::string_view text);

// What may stand in a query's value: all but A-Z a-z 0-9 - . _ ~ as %XX.
std::string encode_percent(std::string_view text);

// %41 is A; what is no escape stays as it is. Bytes that are not UTF-8 become U+FFFD.
std::string decode_percent(std::string_view text);

}  // namespace rialto
