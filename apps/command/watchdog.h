// Ends the process when a handler of a game runs longer than it may, so that the other groups go on
// within two seconds of the restart (rules.md 9). A thread of its own; owned by the worker.
// Guarantee: the running input has been marked as hanging before the process ends.
#pragma once

#include <chrono>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "actors/running_slot.h"

namespace rialto::command {

class Watchdog {
 public:
  Watchdog(RunningSlots& slots, std::chrono::milliseconds limit);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void run();

  RunningSlots& slots_;
  const std::chrono::milliseconds limit_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

}  // namespace rialto::command
