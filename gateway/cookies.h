// Cookies of a request and of a response (RFC 6265). Free functions on text.
// Guarantee: any bytes give some cookies.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace rialto {

// The values of the cookies of that name in a Cookie header, as they came. Several may have one
// name: a browser sends those of every path that fits. No more than the first of them are looked
// at.
inline constexpr std::size_t most_of_one_name = 16;
std::vector<std::string_view> cookies_named(std::string_view header, std::string_view name);

enum class Scheme { http, https };

// A Set-Cookie header for a cookie that ends with the browser's session. `https` makes it Secure.
std::string session_cookie(std::string_view name, std::string_view value, std::string_view path,
                           Scheme scheme);

}  // namespace rialto
