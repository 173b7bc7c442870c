// The parts of an http address: where to connect and what to ask for.
// A plain value. Guarantee: what `parse` cannot take it says. Limitation: no https; the load
// generator talks to the server itself, not to a proxy before it.
#pragma once

#include <netinet/in.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "storage/result.h"

namespace rialto::load {

struct WebAddress {
  std::string host;  // a name or a number
  std::uint16_t port = 80;
  std::string path = "/";

  static Result<WebAddress> parse(std::string_view text);
  // The IPv4 address of the host.
  Result<sockaddr_in> resolve() const;
  // Does somebody listen there?
  Result<void> reach() const;
};

}  // namespace rialto::load
