// ready := listen "\n" text "\0"
#include "apps/command/supervisor.h"

#include <fcntl.h>
#include <poll.h>
#include <spdlog/spdlog.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <optional>

#include "apps/command/exit_code.h"
#include "apps/command/server_mark.h"

namespace rialto::command {
namespace {

using Clock = std::chrono::steady_clock;
using std::chrono::milliseconds;

constexpr milliseconds first_pause{100};  // of workers that were never ready, one after the other
constexpr milliseconds longest_pause{5000};
constexpr std::chrono::seconds drain_time{15};  // then the worker is killed

// How the last worker ended, for the log.
std::string describe_end(int status) {
  if (WIFSIGNALED(status)) {
    return std::string("was ended by signal ") + std::to_string(WTERMSIG(status)) + " (" +
           ::strsignal(WTERMSIG(status)) + ")";
  }
  return "ended with code " + std::to_string(WEXITSTATUS(status));
}

class Supervisor {
 public:
  Supervisor(std::vector<std::string> arguments, const std::filesystem::path& data)
      : arguments_(std::move(arguments)), mark_(data) {
    mark_.set();
    sigset_t watched;
    sigemptyset(&watched);
    for (const int signal : {SIGCHLD, SIGINT, SIGTERM, SIGHUP}) sigaddset(&watched, signal);
    ::sigprocmask(SIG_BLOCK, &watched, &mask_before_);
    signals_ = ::signalfd(-1, &watched, SFD_CLOEXEC | SFD_NONBLOCK);
  }

  int run() {
    while (true) {
      if (!start()) return exit_cannot_start;
      const int status = wait_for_end();
      const bool stopped = WIFEXITED(status) && WEXITSTATUS(status) == exit_stopped;
      if (stopped) return exit_done;
      if (stop_requests_ > 0) return WIFEXITED(status) ? WEXITSTATUS(status) : exit_failed;
      if (!was_ready_ && WIFEXITED(status) && WEXITSTATUS(status) != exit_ended_itself) {
        return WEXITSTATUS(status);
      }
      if (!was_ready_ && ++early_ends_ == 3) {
        spdlog::critical("the server {} three times before it was ready", describe_end(status));
        return exit_cannot_start;
      }
      spdlog::error("the server {}; it is started again", describe_end(status));
      if (!pause_before_restart()) return exit_done;
    }
  }

 private:
  bool start() {
    std::array<int, 2> ends{};
    if (::pipe2(ends.data(), O_CLOEXEC) != 0) return false;
    is_ready_ = false;
    const pid_t supervisor = ::getpid();
    worker_ = ::fork();
    if (worker_ == 0) run_worker(supervisor, ends[1]);
    ::close(ends[1]);
    if (ready_pipe_ >= 0) ::close(ready_pipe_);
    ready_pipe_ = ends[0];
    ready_.clear();
    return worker_ > 0;
  }

  [[noreturn]] void run_worker(pid_t supervisor, int pipe) {
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (::getppid() != supervisor) ::_exit(exit_failed);
    ::setpgid(0, 0);  // Ctrl-C comes to the supervisor alone, which passes it on
    ::sigprocmask(SIG_SETMASK, &mask_before_, nullptr);
    ::fcntl(pipe, F_SETFD, 0);
    std::vector<std::string> words = {"rialto"};
    words.insert(words.end(), arguments_.begin(), arguments_.end());
    words.insert(words.end(), {"--worker", std::to_string(pipe)});
    if (was_ready_) words.emplace_back("--again");
    if (!listen_.empty()) words.insert(words.end(), {"--listen", listen_});
    std::vector<char*> pointers;
    for (std::string& word : words) pointers.push_back(word.data());
    pointers.push_back(nullptr);
    ::execv("/proc/self/exe", pointers.data());
    std::perror("rialto: cannot start the worker");
    ::_exit(exit_cannot_start);
  }

  // Returns the worker's wait status; passes signals on meanwhile.
  int wait_for_end() {
    std::optional<Clock::time_point> kill_at;
    while (true) {
      int status = 0;
      if (::waitpid(worker_, &status, WNOHANG) == worker_) {
        read_ready();
        return status;
      }
      std::array<pollfd, 2> watched{{{signals_, POLLIN, 0}, {ready_pipe_, POLLIN, 0}}};
      ::poll(watched.data(), ready_pipe_ >= 0 ? 2 : 1, kill_at ? 100 : -1);
      if (ready_pipe_ >= 0 && watched[1].revents != 0) read_ready();
      while (const int signal = take_signal()) {
        if (signal == SIGCHLD) continue;
        ++stop_requests_;
        kill_at = Clock::now() + drain_time;
        ::kill(worker_, stop_requests_ == 1 ? SIGTERM : SIGKILL);
      }
      if (kill_at && Clock::now() > *kill_at) {
        spdlog::error("the server has not ended within {} s and is killed", drain_time.count());
        ::kill(worker_, SIGKILL);
        kill_at.reset();
      }
    }
  }

  // What the worker says when it is ready: printed the first time, remembered for the next worker.
  void read_ready() {
    if (ready_pipe_ < 0) return;
    std::array<char, 1024> bytes;
    const ssize_t got = ::read(ready_pipe_, bytes.data(), bytes.size());
    if (got > 0) ready_.append(bytes.data(), static_cast<std::size_t>(got));
    const std::size_t end = ready_.find('\0');
    if (got <= 0 || end != std::string::npos) {
      ::close(ready_pipe_);
      ready_pipe_ = -1;
    }
    if (end == std::string::npos) return;
    const std::size_t line = ready_.find('\n');
    listen_ = ready_.substr(0, line);
    if (!was_ready_) {
      std::fputs(ready_.substr(line + 1, end - line - 1).c_str(), stdout);
      std::fflush(stdout);
    }
    was_ready_ = is_ready_ = true;
    mark_.set();  // the first worker may have made the folder
  }

  // A worker that was ready is started again at once: what ended it is known and not run again.
  // One that was not is started again after growing pauses. False if a signal came.
  bool pause_before_restart() {
    if (is_ready_) pause_ = milliseconds(0);
    const Clock::time_point until = Clock::now() + pause_;
    pause_ = std::clamp(2 * pause_, first_pause, longest_pause);
    while (Clock::now() < until) {
      const auto left = std::chrono::duration_cast<milliseconds>(until - Clock::now());
      pollfd watched{signals_, POLLIN, 0};
      ::poll(&watched, 1, static_cast<int>(left.count()) + 1);
      while (const int signal = take_signal()) {
        if (signal != SIGCHLD) return false;
      }
    }
    return true;
  }

  int take_signal() {
    signalfd_siginfo info{};
    if (::read(signals_, &info, sizeof info) != sizeof info) return 0;
    return static_cast<int>(info.ssi_signo);
  }

  const std::vector<std::string> arguments_;
  ServerMark mark_;
  sigset_t mask_before_{};
  int signals_ = -1;
  int ready_pipe_ = -1;
  pid_t worker_ = -1;
  std::string ready_;
  std::string listen_;
  bool was_ready_ = false;  // a worker was
  bool is_ready_ = false;   // this worker was
  int early_ends_ = 0;
  int stop_requests_ = 0;
  milliseconds pause_{0};
};

}  // namespace

void tell_ready(int pipe, const Ready& ready) {
  std::string bytes = ready.listen + '\n' + ready.text;
  bytes += '\0';
  // Without a supervisor to read it there is nobody to be told.
  if (::write(pipe, bytes.data(), bytes.size()) < 0) spdlog::warn("the supervisor does not listen");
  ::close(pipe);
}

int supervise(const std::vector<std::string>& arguments, const std::filesystem::path& data) {
  std::signal(SIGPIPE, SIG_IGN);  // who reads the log or the first words may go; the worker, too
  return Supervisor(arguments, data).run();
}

}  // namespace rialto::command
