// Plays many participants over real WebSockets, on one thread with one epoll: what `rialto load`,
// the benchmarks and the kill loop are made of. Sends are gathered, one call a connection and turn.
// Owned by who plays; all calls on one thread.
// Guarantee: in open loop a call is counted from the moment it was due, however late it left.
// Limitation: IPv4, no TLS.
#pragma once

#include <atomic>
#include <memory>
#include <queue>
#include <vector>

#include "apps/load/frame_log.h"
#include "apps/load/load_connection.h"
#include "apps/load/load_options.h"
#include "storage/result.h"

namespace rialto::load {

class LoadEngine {
 public:
  static Result<std::unique_ptr<LoadEngine>> create(LoadOptions options);
  ~LoadEngine();

  // Connects all players and waits until their history has arrived; nobody calls yet.
  Result<void> connect(std::chrono::seconds patience);
  // Plays, then stops calling and waits up to `patience` for what is unanswered. Can be repeated;
  // each report counts from its own beginning. Ends early when `stop` was called.
  LoadReport play(std::chrono::duration<double> duration, std::chrono::seconds patience);
  // May be called on any thread, and in a signal handler.
  void stop() { stopped_ = true; }

  std::size_t connected() const;
  std::size_t unanswered() const;
  const Tally& tally() const { return tally_; }

 private:
  struct Later {
    Time when;
    std::size_t connection;
    Next what;
    bool operator>(const Later& other) const { return when > other.when; }
  };
  enum class Calling { no, yes };

  LoadEngine(LoadOptions options, sockaddr_in server, std::unique_ptr<FrameLog> log, int epoll);
  void turn(Time until, Calling calling);
  void on_ready(std::size_t index, unsigned events, Calling calling);
  void follow(std::size_t index, Next next);
  void open(std::size_t index);
  void later(std::size_t index, Next what, std::chrono::milliseconds pause);
  void run_due(Time now);
  void call_due(Time now);
  void flush_touched();
  void watch(std::size_t index);
  bool all_stopped() const { return stopped_connections_ == connections_.size(); }

  const LoadOptions options_;
  const sockaddr_in server_;
  const std::unique_ptr<FrameLog> log_;
  const int epoll_;
  Tally tally_;
  std::vector<std::unique_ptr<LoadConnection>> connections_;
  std::vector<unsigned> watched_;     // epoll events of each, 0: none yet
  std::vector<unsigned> attempts_;    // of each, since it last was open
  std::vector<std::size_t> touched_;  // connections with something to send, perhaps twice
  std::priority_queue<Later, std::vector<Later>, std::greater<>> later_;
  std::vector<char> buffer_;
  std::size_t next_caller_ = 0;
  std::size_t stopped_connections_ = 0;
  Time next_call_{};
  std::atomic<bool> stopped_{false};
};

}  // namespace rialto::load
