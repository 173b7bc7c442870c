#include "gateway/socket.h"

#include <sys/socket.h>

#include <cerrno>

namespace rialto {

Sending send_waiting(Socket& socket, Outbox& outbox) {
  Sending result = Sending::stuck;
  while (!outbox.empty()) {
    const std::string_view bytes = outbox.waiting();
    const auto sent =
        ::send(socket.native_handle(), bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (errno == EINTR) continue;
      return errno == EAGAIN || errno == EWOULDBLOCK ? result : Sending::broken;
    }
    outbox.sent(static_cast<std::size_t>(sent));
    result = Sending::progress;
  }
  return result;
}

}  // namespace rialto
