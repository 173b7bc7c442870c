#include "gateway/socket.h"

#include <linux/sockios.h>
#include <sys/ioctl.h>
#include <sys/socket.h>

#include <cerrno>

namespace rialto {

std::size_t on_the_way(Socket& socket) {
  int bytes = 0;
  return ::ioctl(socket.native_handle(), SIOCOUTQ, &bytes) == 0 ? static_cast<std::size_t>(bytes)
                                                                : 0;
}

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
