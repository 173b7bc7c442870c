#include "apps/command/watchdog.h"

#include <spdlog/spdlog.h>

#include <cstdlib>
#include <utility>

#include "apps/command/exit_code.h"

namespace rialto::command {
namespace {
using Time = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_every{100};
}  // namespace

Watchdog::Watchdog(RunningSlots& slots, std::chrono::milliseconds limit)
    : slots_(slots), limit_(limit), thread_([this] { run(); }) {}

Watchdog::~Watchdog() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Watchdog::run() {
  std::unique_lock lock(mutex_);
  Time::time_point last_look = Time::now();
  while (!wake_.wait_for(lock, look_every, [this] { return stopping_; })) {
    // After a pause of the whole process (a suspended laptop) handlers get time to go on.
    const auto pause = Time::now() - std::exchange(last_look, Time::now());
    if (pause > 5 * look_every) continue;
    if (const auto hanging = slots_.overdue(limit_)) {
      spdlog::critical("{}: the process ends and is restarted", *hanging);
      std::_Exit(exit_ended_itself);
    }
  }
}

}  // namespace rialto::command
