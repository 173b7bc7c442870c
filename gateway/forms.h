// What browsers send when a form is submitted: application/x-www-form-urlencoded (URL Standard,
// section 5.1). Free functions on text. Guarantee: any bytes give some fields, all of them UTF-8.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace rialto {

using FormFields = std::vector<std::pair<std::string, std::string>>;

// In the order they came, repeated names included.
FormFields parse_form(std::string_view body);

// What may stand in a query's value: all but A-Z a-z 0-9 - . _ ~ as %XX.
std::string encode_percent(std::string_view text);

// %41 is A; what is no escape stays as it is. Bytes that are not UTF-8 become U+FFFD.
std::string decode_percent(std::string_view text);

}  // namespace rialto
