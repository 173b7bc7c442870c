#include "apps/command/progress_line.h"

#include <unistd.h>

#include <chrono>
#include <utility>

#include "apps/command/say.h"

namespace rialto::command {
namespace {

constexpr int quiet_seconds = 2;
constexpr std::string_view clear = "\r\x1b[K";

void write_raw(std::string_view bytes) {
  std::fwrite(bytes.data(), 1, bytes.size(), stderr);
  std::fflush(stderr);
}

}  // namespace

ProgressLine::ProgressLine(std::string what) : what_(std::move(what)) {
  if (::isatty(STDERR_FILENO) == 1) thread_ = std::thread([this] { run(); });
}

ProgressLine::~ProgressLine() {
  if (!thread_.joinable()) return;
  {
    const std::lock_guard lock(mutex_);
    done_ = true;
  }
  ended_.notify_one();
  thread_.join();
  if (shown_) write_raw(clear);
}

void ProgressLine::reach(std::string how_far) {
  const std::lock_guard lock(mutex_);
  how_far_ = std::move(how_far);
}

void ProgressLine::run() {
  const auto begin = std::chrono::steady_clock::now();
  std::unique_lock lock(mutex_);
  for (int seconds = quiet_seconds;; ++seconds) {
    const auto next = begin + std::chrono::seconds(seconds);
    if (ended_.wait_until(lock, next, [this] { return done_; })) return;
    show(seconds);
  }
}

void ProgressLine::show(int seconds) {
  shown_ = true;
  write_raw(clear);
  say_aside("rialto: {} … {} s{}{}", what_, seconds, how_far_.empty() ? "" : ", ", how_far_);
  std::fflush(stderr);
}

}  // namespace rialto::command
