#include "apps/command/listen_address.h"

#include <charconv>

namespace rialto::command {

Result<ListenAddress> parse_listen(const std::string& text) {
  ListenAddress address;
  const std::size_t colon = text.rfind(':');
  const std::string digits = colon == std::string::npos ? "" : text.substr(colon + 1);
  const auto [end, error] =
      std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
  if (digits.empty() || error != std::errc() || end != digits.data() + digits.size()) {
    return Error{ErrorKind::invalid, "--listen wants HOST:PORT, not " + text};
  }
  address.host = text.substr(0, colon);
  if (address.host.starts_with('[') && address.host.ends_with(']')) {
    address.host = address.host.substr(1, address.host.size() - 2);
  }
  if (address.host.empty()) address.host = "0.0.0.0";
  return address;
}

}  // namespace rialto::command
