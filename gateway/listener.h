// Accepts connections on a thread of its own and hands them to the I/O threads in turn.
// Owned by the Gateway. Guarantees: an address that somebody else listens on is refused; there are
// at most so many lines at once; where there are, or descriptors run out, idle lines give way and
// newcomers wait.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "actors/limits.h"
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
  void start(std::vector<IoThread*> threads, std::size_t most_lines);
  // Accepts no more; returns when the thread has ended.
  void stop();

 private:
  Listener(int socket, int wake, std::uint16_t port) : socket_(socket), wake_(wake), port_(port) {}
  void run();
  // What to do after all was taken that can be.
  enum class Then { wait_for_newcomers, wait_for_threads, wait_for_room };
  Then accept_waiting();
  std::size_t lines() const;
  void tell_of_want();

  int socket_;
  int wake_;  // an eventfd: written to by `stop`
  std::uint16_t port_;
  std::vector<IoThread*> threads_;
  std::size_t most_lines_ = 0;
  std::size_t next_ = 0;
  std::chrono::steady_clock::time_point told_;  // that newcomers wait
  std::thread thread_;
};

// How many lines there may be: `connections`, or as many as the process may have descriptors for
// beside those it keeps.
std::size_t most_lines(const Limits& limits);

// How browsers reach what listens on `host`: http://ADDRESS:PORT, with this machine's address in
// its network where all addresses are listened on.
std::string default_url(const std::string& host, std::uint16_t port);

}  // namespace rialto
