#include "gateway/listener.h"

#include <arpa/inet.h>
#include <ifaddrs.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "gateway/io_thread.h"

namespace rialto {
namespace {

constexpr int queue_length = 4096;
constexpr int retry_milliseconds = 20;
constexpr int look_again_milliseconds = 1;

Error refusal(const std::string& host, std::uint16_t port, const char* why) {
  return {ErrorKind::unavailable,
          "cannot listen on " + host + " port " + std::to_string(port) + ": " + why};
}

struct Addresses {
  addrinfo* first = nullptr;
  ~Addresses() {
    if (first) ::freeaddrinfo(first);
  }
};

std::uint16_t port_of(int socket) {
  sockaddr_storage address{};
  socklen_t size = sizeof address;
  ::getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  const bool six = address.ss_family == AF_INET6;
  return ntohs(six ? reinterpret_cast<const sockaddr_in6*>(&address)->sin6_port
                   : reinterpret_cast<const sockaddr_in*>(&address)->sin_port);
}

int listen_on(const addrinfo& address) {
  const int socket = ::socket(address.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (socket < 0) return -1;
  const int yes = 1;
  ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
  if (::bind(socket, address.ai_addr, address.ai_addrlen) == 0 &&
      ::listen(socket, queue_length) == 0) {
    return socket;
  }
  const int error = errno;
  ::close(socket);
  errno = error;
  return -1;
}

// The first IPv4 address of a network interface that is up and no loopback; empty if there is none.
std::string lan_address() {
  ifaddrs* all = nullptr;
  if (::getifaddrs(&all) != 0) return {};
  std::string found;
  for (const ifaddrs* each = all; each && found.empty(); each = each->ifa_next) {
    if (!each->ifa_addr || each->ifa_addr->sa_family != AF_INET) continue;
    if ((each->ifa_flags & IFF_UP) == 0 || (each->ifa_flags & IFF_LOOPBACK) != 0) continue;
    char text[INET_ADDRSTRLEN];
    const auto* address = reinterpret_cast<const sockaddr_in*>(each->ifa_addr);
    if (::inet_ntop(AF_INET, &address->sin_addr, text, sizeof text)) found = text;
  }
  ::freeifaddrs(all);
  return found;
}

}  // namespace

Result<std::unique_ptr<Listener>> Listener::open(const std::string& host, std::uint16_t port) {
  addrinfo wanted{};
  wanted.ai_socktype = SOCK_STREAM;
  wanted.ai_flags = AI_PASSIVE | AI_NUMERICSERV;
  Addresses found;
  std::string name = host;
  if (name.starts_with('[') && name.ends_with(']')) name = name.substr(1, name.size() - 2);
  const int failed =
      ::getaddrinfo(name.c_str(), std::to_string(port).c_str(), &wanted, &found.first);
  if (failed != 0) return refusal(host, port, ::gai_strerror(failed));
  const int socket = listen_on(*found.first);
  if (socket < 0) return refusal(host, port, std::strerror(errno));
  const int wake = ::eventfd(0, EFD_CLOEXEC);
  if (wake < 0) {
    ::close(socket);
    return refusal(host, port, std::strerror(errno));
  }
  return std::unique_ptr<Listener>(new Listener(socket, wake, port_of(socket)));
}

Listener::~Listener() {
  stop();
  ::close(wake_);
  if (socket_ >= 0) ::close(socket_);
}

void Listener::start(std::vector<IoThread*> threads, std::size_t most_lines) {
  threads_ = std::move(threads);
  most_lines_ = most_lines;
  thread_ = std::thread([this] { run(); });
}

void Listener::stop() {
  if (!thread_.joinable()) return;
  const std::uint64_t one = 1;
  while (::write(wake_, &one, sizeof one) < 0 && errno == EINTR) continue;
  thread_.join();
  ::close(std::exchange(socket_, -1));
}

void Listener::run() {
  pollfd watched[] = {{wake_, POLLIN, 0}, {socket_, POLLIN, 0}};
  for (;;) {
    if (::poll(watched, 2, -1) < 0) continue;  // EINTR
    if (watched[0].revents != 0) return;
    const Then then = accept_waiting();
    if (then == Then::wait_for_newcomers) continue;
    if (then == Then::wait_for_room) {
      tell_of_want();
      for (IoThread* thread : threads_) thread->make_room();
    }
    const bool soon = then == Then::wait_for_threads;
    if (::poll(watched, 1, soon ? look_again_milliseconds : retry_milliseconds) > 0) return;
  }
}

// Once a minute, if at all.
void Listener::tell_of_want() {
  const auto now = std::chrono::steady_clock::now();
  if (now < told_ + std::chrono::minutes(1) && told_ != decltype(told_)()) return;
  told_ = now;
  spdlog::warn(
      "no more than {} connections can be taken (there may be {}): idle ones are closed, newcomers "
      "wait. `ulimit -n` and `--limit connections` set how many there may be",
      lines(), most_lines_);
}

std::size_t Listener::lines() const {
  std::size_t lines = 0;
  for (const IoThread* thread : threads_) lines += thread->lines();
  return lines;
}

// A thread gets only as many as it comes to soon: those behind them wait in the kernel, not before
// the lines that it serves. Without descriptors or memory there is nothing to accept with.
Listener::Then Listener::accept_waiting() {
  for (;;) {
    if (lines() >= most_lines_) return Then::wait_for_room;
    const auto free = std::ranges::find_if(
        threads_, [](const IoThread* thread) { return !thread->has_newcomers(); });
    if (free == threads_.end()) return Then::wait_for_threads;
    sockaddr_storage from{};
    socklen_t size = sizeof from;
    const int line =
        ::accept4(socket_, reinterpret_cast<sockaddr*>(&from), &size, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (line < 0) {
      if (errno == EINTR || errno == ECONNABORTED) continue;
      const bool is_all = errno == EAGAIN || errno == EWOULDBLOCK;
      return is_all ? Then::wait_for_newcomers : Then::wait_for_room;
    }
    const auto protocol = from.ss_family == AF_INET6 ? net::ip::tcp::v6() : net::ip::tcp::v4();
    while (threads_[next_ % threads_.size()]->has_newcomers()) ++next_;
    threads_[next_++ % threads_.size()]->adopt(protocol, line);
  }
}

std::size_t most_lines(const Limits& limits) {
  rlimit files{};
  if (::getrlimit(RLIMIT_NOFILE, &files) != 0 || files.rlim_cur == RLIM_INFINITY) {
    return limits.connections;
  }
  // Where there are few, a half of them is kept.
  const auto all = static_cast<std::size_t>(files.rlim_cur);
  const std::size_t kept = std::min(limits.descriptors_kept, all / 2);
  return std::min(limits.connections, all - kept);
}

std::string default_url(const std::string& host, std::uint16_t port) {
  std::string shown = host;
  if (host == "0.0.0.0" || host == "::" || host == "[::]" || host.empty()) shown = lan_address();
  if (shown.empty()) shown = "localhost";
  if (shown.find(':') != shown.npos && !shown.starts_with('[')) shown = "[" + shown + "]";
  return "http://" + shown + ":" + std::to_string(port);
}

}  // namespace rialto
