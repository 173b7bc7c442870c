#include "actors/clock.h"

#include <ctime>
#include <fstream>

namespace rialto {

namespace {

std::int64_t read(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return std::int64_t{time.tv_sec} * 1'000'000 + time.tv_nsec / 1'000;
}

}  // namespace

SystemClock::SystemClock()
    : wall_at_start_(read(CLOCK_REALTIME)), boot_at_start_(read(CLOCK_BOOTTIME)) {
  std::ifstream("/proc/sys/kernel/random/boot_id") >> boot_;
}

std::int64_t SystemClock::now() const {
  return wall_at_start_ + read(CLOCK_BOOTTIME) - boot_at_start_;
}

Uptime SystemClock::uptime() const { return {boot_, read(CLOCK_BOOTTIME)}; }

}  // namespace rialto
