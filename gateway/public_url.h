// Under which address the browsers reach this server: scheme, host and prefix of all links.
// A plain value, fixed when `serve` starts. Guarantee: `prefix` is empty or begins with a slash and
// ends without one.
#pragma once

#include <string>
#include <string_view>

#include "gateway/cookies.h"
#include "storage/result.h"

namespace rialto {

struct PublicUrl {
  Scheme scheme = Scheme::http;
  std::string host;    // with the port, if it is not the scheme's own: "lab.example.edu:8080"
  std::string prefix;  // "/exp"

  // "https://lab.example.edu/exp"; `invalid` with what is wrong.
  static Result<PublicUrl> parse(std::string_view text);

  // The absolute URL of `path`, which begins with a slash.
  std::string link(std::string_view path) const;
  // May a page of `origin` (an Origin header) speak to this server, asked for under `host_header`?
  // Pages of this server itself may.
  bool allows_origin(std::string_view origin, std::string_view host_header) const;
};

}  // namespace rialto
