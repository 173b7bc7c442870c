// Where the server is to listen, as `--listen` says it.
// A plain value. Guarantee: `parse_listen` takes what `rialto serve` prints.
#pragma once

#include <cstdint>
#include <string>

#include "storage/result.h"

namespace rialto::command {

struct ListenAddress {
  std::string host;
  std::uint16_t port = 0;
};

// "HOST:PORT", "[IPv6]:PORT" or ":PORT"; `invalid` says what is wrong.
Result<ListenAddress> parse_listen(const std::string& text);

}  // namespace rialto::command
