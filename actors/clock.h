// The only way to know the time. `SystemClock` reads the wall clock once, then CLOCK_BOOTTIME
// (rules.md 13), so that a stepped wall clock cannot reorder records; `VirtualClock` is a test's.
// Owned by main.cpp or a test; `now` may be called on any thread.
// Guarantee: never goes back.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>

namespace rialto {

// How long the machine has run since it was started, microseconds; and which start that was. Goes
// on over the ends of processes, whatever the wall clock is set to.
struct Uptime {
  std::string boot;
  std::int64_t lasted = 0;
};

class Clock {
 public:
  virtual ~Clock() = default;
  virtual std::int64_t now() const = 0;  // microseconds since 1970
  virtual Uptime uptime() const = 0;
};

class SystemClock final : public Clock {
 public:
  SystemClock();
  std::int64_t now() const override;
  Uptime uptime() const override;

 private:
  std::int64_t wall_at_start_;
  std::int64_t boot_at_start_;
  std::string boot_;
};

class VirtualClock final : public Clock {
 public:
  std::int64_t now() const override { return now_.load(); }
  Uptime uptime() const override { return {boot_, lasted_.load()}; }
  void advance(std::chrono::microseconds by) {
    now_ += by.count();
    lasted_ += by.count();
  }
  // Somebody sets the wall clock, which counts for who begins to read it: while nothing runs.
  void set_by(std::chrono::microseconds by) { now_ += by.count(); }
  // The machine is started anew: while nothing runs.
  void reboot() {
    boot_ += '+';
    lasted_ = 0;
  }

 private:
  std::atomic<std::int64_t> now_{1'700'000'000'000'000};
  std::atomic<std::int64_t> lasted_ = 0;
  std::string boot_ = "boot";
};

}  // namespace rialto
