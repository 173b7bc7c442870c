// A rate limit: so many a second, with a burst (rules.md 19). Owned by what it limits, on its
// thread. Guarantee: over any time t at most burst + rate * t are taken.
#pragma once

#include <algorithm>
#include <chrono>

namespace rialto {

class TokenBucket {
 public:
  using TimePoint = std::chrono::steady_clock::time_point;

  TokenBucket(double per_second, double burst, TimePoint now)
      : per_second_(static_cast<float>(per_second)),
        burst_(static_cast<float>(burst)),
        tokens_(burst_),
        filled_(now) {}

  // A smaller burst takes effect at once, a larger one as tokens come.
  void limit(double per_second, double burst) {
    per_second_ = static_cast<float>(per_second);
    burst_ = static_cast<float>(burst);
    tokens_ = std::min(tokens_, burst_);
  }

  bool take(TimePoint now) {
    const std::chrono::duration<float> since = now - filled_;
    filled_ = now;
    tokens_ = std::min(burst_, tokens_ + since.count() * per_second_);
    if (tokens_ < 1) return false;
    tokens_ -= 1;
    return true;
  }

 private:
  float per_second_;
  float burst_;
  float tokens_;
  TimePoint filled_;
};

}  // namespace rialto
