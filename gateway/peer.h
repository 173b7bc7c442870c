// A line to somebody outside, as its I/O thread sees it: looked at once at the end of each turn in
// which something happened to it, and swept from time to time. Owned by its IoThread from `admit`
// until `retire`, and by the operations under way on its socket. Guarantee: all calls come on the
// I/O thread, one at a time.
#pragma once

#include <chrono>
#include <memory>
#include <optional>

namespace rialto {

class Peer : public std::enable_shared_from_this<Peer> {
 public:
  virtual ~Peer() = default;
  // The end of a turn: send what waits, read on if that is allowed again.
  virtual void end_turn() = 0;
  // Some time has passed (at most a second): whatever is due.
  virtual void sweep() = 0;
  // The server is going away: say so and end soon.
  virtual void shut_down() = 0;
  // Since when nothing is asked of the line; nothing: it is in use.
  virtual std::optional<std::chrono::steady_clock::time_point> idle_since() const = 0;
  // Closes the line now. Its operations under way end with an error soon.
  virtual void finish() = 0;

 private:
  friend class IoThread;
  bool touched_ = false;
};

}  // namespace rialto
