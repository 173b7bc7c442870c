// How many sends a unit's next turn is likely to bring, told by its last ones: players who answer
// each other at once come in step. A plain value of a UnitFeed. Guarantee: after a pause, and of
// players who come one by one, nothing is expected.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstddef>

namespace rialto {

class Rhythm {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  // Sends that the next turn should wait a moment for.
  std::size_t expected() const { return expected_; }
  // A turn has brought `sends`; no turn brings more than `players`. What came together is likely
  // to come together again, and one more may join in.
  void turn(std::size_t sends, std::size_t players, TimePoint now) {
    const bool in_step = now - last_turn_ < in_step_within;
    expected_ = in_step ? std::min(std::max(sends, last_sends_) + 1, players) : 0;
    last_sends_ = sends;
    last_turn_ = now;
  }

 private:
  static constexpr std::chrono::milliseconds in_step_within{2};

  std::size_t expected_ = 0;
  std::size_t last_sends_ = 0;
  TimePoint last_turn_;
};

}  // namespace rialto
