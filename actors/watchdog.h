// Sees that a handler of a game runs longer than it may, and says so, once: who hears it ends the
// process, so that the other groups go on within two seconds of the restart (rules.md 9). A thread
// of its own; owned by the worker, or by who plays without a server. Guarantee: the running input
// has been marked as guilty before.
#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

#include "actors/running_slot.h"

namespace rialto {

class Watchdog {
 public:
  // `hanging` gets the sentence, on the watchdog's thread.
  Watchdog(RunningSlots& slots, std::chrono::milliseconds limit,
           std::function<void(const std::string&)> hanging);
  ~Watchdog();
  Watchdog(const Watchdog&) = delete;
  Watchdog& operator=(const Watchdog&) = delete;

 private:
  void run();

  RunningSlots& slots_;
  const std::chrono::milliseconds limit_;
  const std::function<void(const std::string&)> hanging_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;  // guarded by mutex_
  std::thread thread_;
};

// For who plays games without a server: what runs is named on standard error if it crashes, or if
// it hangs, which ends the process. One for the process, made when it is first asked for.
RunningSlots& slots_of_this_process();

}  // namespace rialto
