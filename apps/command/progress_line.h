// A line on the terminal that says that long work goes on, and for how long: from its third second
// on, once a second, and gone when the work is done. Owned by who works, for as long as the work
// takes; nothing else may be printed meanwhile. Its own thread writes. Guarantee: only on a
// terminal, on standard error: no file and no program ever reads it.
#pragma once

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>

namespace rialto::command {

class ProgressLine {
 public:
  // `what` is being done: "writing the tables".
  explicit ProgressLine(std::string what);
  ~ProgressLine();
  ProgressLine(const ProgressLine&) = delete;
  ProgressLine& operator=(const ProgressLine&) = delete;

  // How far it is, beside the time: "12 MiB".
  void reach(std::string how_far);

 private:
  void run();
  void show(int seconds);

  const std::string what_;
  std::mutex mutex_;  // of what follows
  std::condition_variable ended_;
  std::string how_far_;
  bool done_ = false;
  bool shown_ = false;
  std::thread thread_;  // none where standard error is no terminal
};

}  // namespace rialto::command
