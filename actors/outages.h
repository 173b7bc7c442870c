// Times at which nothing ran: from the newest sign of life to when somebody looks at the clock
// again, if that is long. Of a server that was down, the sign of life is in the store; of a process
// that was stopped or a machine that slept, in memory. Owned by main.cpp; used by the directory,
// which gives the sign, and by all units, on any thread. Guarantee: whoever asks after an outage
// learns of it before the first sign of life after it.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>

#include "actors/clock.h"

namespace rialto {

class Outages {
 public:
  // From `from` to `until`, microseconds since 1970; 0, 0: there was none.
  struct Span {
    std::int64_t from = 0;
    std::int64_t until = 0;
  };

  // `last_alive`: the stored sign of life; 0 if there is none.
  Outages(const Clock& clock, std::int64_t last_alive);

  // The newest outage, one that ends now included.
  Span check();
  // Gives a sign of life; returns its time.
  std::int64_t alive();

  // A unit has something timed, or has no more: only then is the sign worth storing.
  void timed(bool is_timed) { timed_ += is_timed ? 1 : -1; }
  bool any_timed() const { return timed_ > 0; }

 private:
  // Signs come every quarter of a second; what is shorter than this is a busy machine.
  static constexpr std::int64_t shortest = 2'000'000;

  const Clock& clock_;
  std::atomic<std::int64_t> last_alive_;
  std::atomic<int> timed_ = 0;
  std::mutex mutex_;  // of who finds an outage
  std::atomic<std::int64_t> from_ = 0;
  std::atomic<std::int64_t> until_ = 0;  // written last
};

}  // namespace rialto
