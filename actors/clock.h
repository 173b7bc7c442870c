// The only way to know the time. `SystemClock` reads the wall clock once, then CLOCK_BOOTTIME
// (rules.md 13), so that a stepped wall clock cannot reorder records; `VirtualClock` is a test's.
// Owned by main.cpp or a test; `now` may be called on any thread.
// Guarantee: never goes back.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>

namespace rialto {

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now() const = 0;  // microseconds since 1970
};

class SystemClock final : public Clock {
 public:
  SystemClock();
  std::int64_t now() const override;

 private:
  std::int64_t wall_at_start_;
  std::int64_t boot_at_start_;
};

class VirtualClock final : public Clock {
 public:
  std::int64_t now() const override { return now_.load(); }
  void advance(std::chrono::microseconds by) { now_ += by.count(); }

 private:
  std::atomic<std::int64_t> now_{1'700'000'000'000'000};
};

}  // namespace rialto
