// Stands in the actors' place for a gateway under test: keeps what the gateway says until the test
// asks for it, and says what the test wants said. Used by the test's thread and the I/O threads.
// Guarantee: what one I/O thread says is seen in the order it was said.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <stdexcept>
#include <variant>
#include <vector>

#include "gateway/actors_port.h"

namespace rialto::test {

struct ToUnit {
  UnitId unit;
  Inputs inputs;
};
struct Forget {
  UnitId unit;
};
using Said = std::variant<OpenPage, SubmitPage, Join, CreateSession, DescribeSessions, ClaimSeat,
                          VisitRoom, ToUnit, PullHistory, Leave, Forget>;
using Event = std::function<void(ActorsListener&)>;

class StandIn {
 public:
  ActorsFactory factory();

  // Does the directory answer who asks for its health?
  std::atomic<bool> healthy{true};

  // The next thing of type T that the gateway says; waits for it at most 10 s. What was said before
  // it and is of other types stays.
  template <class T>
  T await() {
    std::unique_lock lock(mutex_);
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    for (;;) {
      for (auto each = said_.begin(); each != said_.end(); ++each) {
        if (!std::holds_alternative<T>(*each)) continue;
        T found = std::get<T>(std::move(*each));
        said_.erase(each);
        return found;
      }
      if (changed_.wait_until(lock, until) == std::cv_status::timeout) {
        throw std::runtime_error("the gateway did not say what was awaited");
      }
    }
  }
  template <class T>
  std::size_t count() const {
    const std::lock_guard lock(mutex_);
    std::size_t found = 0;
    for (const Said& each : said_) found += std::holds_alternative<T>(each) ? 1 : 0;
    return found;
  }

  // Happens on the I/O thread, all events of one call in one turn.
  void happen(std::vector<Event> events, std::size_t thread = 0);
  void say(PageAnswer answer);
  void say(SessionAnswer answer);
  void say(Joined joined);
  void say(HistoryPiece piece);
  void say(Release release);

  // From now on everything is answered at once, on the I/O thread: joins, pulls (nothing), and each
  // send by an acknowledgement and a broadcast of its data as the unit's next record.
  void answer_by_itself();

 private:
  class Port;
  friend class Port;

  void note(Said said, Port& port);
  void answer(const Said& said, Port& port);

  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<Said> said_;
  std::vector<Port*> ports_;
  bool by_itself_ = false;
  std::uint64_t records_ = 0;
};

}  // namespace rialto::test
