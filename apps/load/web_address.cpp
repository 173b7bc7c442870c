#include "apps/load/web_address.h"

#include <netdb.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <memory>

namespace rialto::load {

Result<WebAddress> WebAddress::parse(std::string_view text) {
  constexpr std::string_view scheme = "http://";
  if (!text.starts_with(scheme)) {
    return Error{ErrorKind::invalid,
                 "the load generator speaks plain HTTP with the server itself, at an address like "
                 "http://127.0.0.1:8000, not " +
                     std::string(text)};
  }
  text.remove_prefix(scheme.size());
  WebAddress address;
  const std::size_t slash = text.find('/');
  std::string_view authority = text.substr(0, slash);
  if (slash != std::string_view::npos) address.path = text.substr(slash);
  const std::size_t colon = authority.rfind(':');
  if (colon != std::string_view::npos) {
    const std::string_view digits = authority.substr(colon + 1);
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), address.port);
    if (error != std::errc() || end != digits.data() + digits.size()) {
      return Error{ErrorKind::invalid, "no port number: " + std::string(digits)};
    }
    authority = authority.substr(0, colon);
  }
  address.host = authority;
  return address;
}

Result<sockaddr_in> WebAddress::resolve() const {
  addrinfo hints{};
  hints.ai_family = AF_INET;
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  const int failure = ::getaddrinfo(host.c_str(), nullptr, &hints, &found);
  if (failure != 0) {
    return Error{ErrorKind::not_found, host + ": " + ::gai_strerror(failure)};
  }
  const std::unique_ptr<addrinfo, decltype(&::freeaddrinfo)> owner(found, &::freeaddrinfo);
  sockaddr_in address{};
  std::memcpy(&address, found->ai_addr, sizeof address);
  address.sin_port = htons(port);
  return address;
}

Result<void> WebAddress::reach() const {
  const auto address = resolve();
  if (!address) return address.error();
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{5, 0};
  ::setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);  // of connect, too
  const bool reached =
      ::connect(socket, reinterpret_cast<const sockaddr*>(&*address), sizeof *address) == 0;
  const std::string why = std::strerror(errno);
  ::close(socket);
  if (reached) return {};
  return Error{ErrorKind::unavailable,
               "nobody answers at " + host + ':' + std::to_string(port) + ": " + why};
}

}  // namespace rialto::load
