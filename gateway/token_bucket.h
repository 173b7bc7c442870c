// A rate limit: so many a second, with a burst (rules.md 19). What costs more than is there is
// taken on credit, so that nothing is too large ever to be taken. Owned by what it limits, on its
// thread. Guarantee: over any time t at most burst + rate * t are taken, and one that is dearer
// than what was left.
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

  // Takes `cost` if at least one token is there.
  bool take(TimePoint now, double cost = 1) {
    if (!has_one(now)) return false;
    tokens_ -= static_cast<float>(cost);
    return true;
  }
  // Takes `cost` unless more than a burst is owed already: for what cannot be asked to come again.
  bool take_on_credit(TimePoint now, double cost) {
    fill(now);
    if (tokens_ < -burst_) return false;
    tokens_ -= static_cast<float>(cost);
    return true;
  }

  bool has_one(TimePoint now) {
    fill(now);
    return tokens_ >= 1;
  }
  // As if nothing had ever been taken.
  bool is_full(TimePoint now) {
    fill(now);
    return tokens_ >= burst_;
  }

 private:
  void fill(TimePoint now) {
    const std::chrono::duration<float> since = now - filled_;
    filled_ = now;
    tokens_ = std::min(burst_, tokens_ + since.count() * per_second_);
  }

  float per_second_;
  float burst_;
  float tokens_;
  TimePoint filled_;
};

}  // namespace rialto
