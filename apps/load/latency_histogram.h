// Counts durations in buckets whose width grows with the duration (log-linear, as HdrHistogram
// does). A plain value on one thread. Guarantee: a quantile is at most 0.8 % above the true one.
// Limitation: durations from 18 minutes on count as 18 minutes.
#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <chrono>
#include <cstdint>

namespace rialto::load {

class LatencyHistogram {
 public:
  void add(std::chrono::nanoseconds duration) {
    const auto value = static_cast<std::uint64_t>(std::max<std::int64_t>(duration.count(), 0));
    ++buckets_[index_of(std::min(value, highest))];
    largest_ = std::max(largest_, value);
    ++count_;
  }
  void merge(const LatencyHistogram& other) {
    for (std::size_t i = 0; i < buckets_.size(); ++i) buckets_[i] += other.buckets_[i];
    largest_ = std::max(largest_, other.largest_);
    count_ += other.count_;
  }

  std::uint64_t count() const { return count_; }
  double max_ms() const { return static_cast<double>(largest_) / 1e6; }
  // The smallest duration that at least `share` (0 to 1) of all are not above; 0 if there are none.
  double quantile_ms(double share) const {
    const auto wanted = static_cast<std::uint64_t>(share * static_cast<double>(count_) + 0.5);
    std::uint64_t seen = 0;
    for (std::size_t i = 0; i < buckets_.size(); ++i) {
      seen += buckets_[i];
      if (seen >= wanted && seen > 0) {
        return static_cast<double>(std::min(upper_end(i), largest_)) / 1e6;
      }
    }
    return 0;
  }

 private:
  static constexpr unsigned step_bits = 7;  // 128 buckets between a power of two and the next
  static constexpr std::uint64_t steps = 1U << step_bits;
  static constexpr std::uint64_t highest = (std::uint64_t{1} << 40U) - 1;

  static std::size_t index_of(std::uint64_t value) {
    if (value < steps) return value;
    const unsigned shift = static_cast<unsigned>(std::bit_width(value)) - step_bits - 1;
    return (shift + 1) * steps + ((value >> shift) - steps);
  }
  static std::uint64_t upper_end(std::size_t index) {
    if (index < steps) return index;
    const std::uint64_t shift = index / steps - 1;
    return ((index % steps + steps + 1) << shift) - 1;
  }

  std::array<std::uint64_t, (40 - step_bits + 1) * steps> buckets_{};
  std::uint64_t count_ = 0;
  std::uint64_t largest_ = 0;
};

}  // namespace rialto::load
