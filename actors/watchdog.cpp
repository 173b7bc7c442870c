#include "actors/watchdog.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "actors/last_words.h"

namespace rialto {
namespace {
using Time = std::chrono::steady_clock;
constexpr std::chrono::milliseconds look_every{100};
// More than a server's: machines that test are busy.
constexpr std::chrono::seconds patience{10};

void end_hanging(const std::string& what) {
  std::fflush(stdout);
  std::fprintf(stderr, "rialto: %s; it is ended\n", what.c_str());
  std::_Exit(1);
}
}  // namespace

Watchdog::Watchdog(RunningSlots& slots, std::chrono::milliseconds limit,
                   std::function<void(const std::string&)> hanging)
    : slots_(slots), limit_(limit), hanging_(std::move(hanging)), thread_([this] { run(); }) {}

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
    if (const auto hanging = slots_.overdue(limit_)) return hanging_(*hanging);
  }
}

RunningSlots& slots_of_this_process() {
  static const std::unique_ptr<RunningSlots> slots = RunningSlots::in_memory();
  static const Watchdog watchdog(*slots, patience, end_hanging);
  say_last_words(*slots);  // each time: a test's framework may have put its own words before them
  return *slots;
}

}  // namespace rialto
