// request := {"command": NAME, …}; answer := bytes* last; last := {"done": true, …} | {"error":
// TEXT}
#include "apps/command/control_server.h"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <exception>

namespace rialto::command {

ControlServer::ControlServer(int listener, ControlHandler handler)
    : listener_(listener),
      wake_(::eventfd(0, EFD_CLOEXEC)),
      handler_(std::move(handler)),
      thread_([this] { run(); }) {}

ControlServer::~ControlServer() {
  ::eventfd_write(wake_, 1);
  thread_.join();
  ::close(listener_);
  ::close(wake_);
}

void ControlServer::run() {
  while (true) {
    std::array<pollfd, 2> watched{{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), -1) < 0) continue;
    if (watched[1].revents != 0) return;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) continue;
    ControlStream stream(socket);
    stream.set_patience(std::chrono::seconds(5));
    const Result<Value> request = stream.read();
    if (!request) continue;
    try {
      handler_(*request, stream);
    } catch (const std::exception& error) {
      spdlog::warn("a request on the control socket failed: {}", error.what());
      // A client that has gone needs no answer.
      (void)stream.write(Value{{"error", error.what()}});
    }
  }
}

}  // namespace rialto::command
