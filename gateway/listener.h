// Accepts connections on a thread of its own and hands them to the I/O threads in turn.
// Owned by the Gateway. Guarantees: an address that somebody else listens on is refused; out of
// file descriptors it waits until there are some again.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "storage/result.h"

namespace rialto {

class IoThread;

class Listener {
 public:
  // `host` is an address or a name; port 0 takes any free port. From here on connections queue up.
  static Result<std::unique_ptr<Listener>> open(const std::string& host, std::uint16_t port);
  ~Listener();

  std::uint16_t port() const { return port_; }
  // The threads outlive `stop`.
  void start(std::vector<IoThread*> threads);
  // Accepts no more; returns when the thread has ended.
  void stop();

 private:
  Listener(int socket, int wake, std::uint16_t port) : socket_(socket), wake_(wake), port_(port) {}
  void run(const std::vector<IoThread*>& threads);
  bool accept_waiting(const std::vector<IoThread*>& threads);

  int socket_;
  int wake_;  // an eventfd: written to by `stop`
  std::uint16_t port_;
  std::size_t next_ = 0;
  std::thread thread_;
};

// How browsers reach what listens on `host`: http://ADDRESS:PORT, with this machine's address in
// its network where all addresses are listened on.
std::string default_url(const std::string& host, std::uint16_t port);

}  // namespace rialto
