// Times at which nothing ran: from the newest sign of life to when somebody looks at the clock
// again, if that is long. Of a server that was down, the sign of life is in the store; of a process
// that was stopped or a machine that slept, in memory. Owned by main.cpp; used by the directory,
// which gives the sign, and by all units, on any thread. Guarantee: whoever asks after an outage
// learns of it before the first sign of life after it. How long one lasted is told by the machine's
// uptime, which no one sets; only where the machine itself has started anew meanwhile, by the
// clock.
#pragma once

#include <atomic>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>

#include "actors/clock.h"
#include "actors/outage_span.h"

namespace rialto {

class Outages {
 public:
  // `sign`: the stored sign of life; empty if there is none.
  Outages(const Clock& clock, std::string_view sign);

  // The newest outage, one that ends now included.
  OutageSpan check();
  // Gives a sign of life, to be stored: `time [uptime boot]` (storage/README.md, Keys).
  std::string alive();
  // By how much the clock was set back while the server was down, microseconds; 0: it was not.
  std::int64_t set_back() const { return set_back_; }

  // A unit has something timed, or has no more: only then is the sign worth storing.
  void timed(bool is_timed) { timed_ += is_timed ? 1 : -1; }
  bool any_timed() const { return timed_ > 0; }

 private:
  // Signs come every quarter of a second; what is shorter than this is a busy machine.
  static constexpr std::int64_t shortest = 2'000'000;

  const Clock& clock_;
  std::int64_t set_back_ = 0;
  std::atomic<std::int64_t> last_alive_;
  std::atomic<int> timed_ = 0;
  std::mutex mutex_;
  OutageSpan newest_;  // guarded by mutex_
};

}  // namespace rialto
