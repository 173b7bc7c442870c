// request := {"command": NAME, …}; answer := bytes* item* last; item := {"item": …};
// last := {"done": true, "result": …} | {"error": TEXT}; with items the result is their list
#include "apps/command/control_server.h"

#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <cstring>
#include <exception>

namespace rialto::command {
namespace {

constexpr int pause_milliseconds = 500;

}  // namespace

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

// Who wants to connect keeps the listening socket readable, so nothing but time helps.
void ControlServer::wait_for_descriptors() const {
  if (errno != EMFILE && errno != ENFILE && errno != ENOBUFS && errno != ENOMEM) return;
  spdlog::warn("the command line has to wait: {}", std::strerror(errno));
  pollfd stop{wake_, POLLIN, 0};
  ::poll(&stop, 1, pause_milliseconds);
}

void ControlServer::run() {
  while (true) {
    std::array<pollfd, 2> watched{{{listener_, POLLIN, 0}, {wake_, POLLIN, 0}}};
    if (::poll(watched.data(), watched.size(), -1) < 0) continue;
    if (watched[1].revents != 0) return;
    const int socket = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (socket < 0) {
      wait_for_descriptors();
      continue;
    }
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
