#include "apps/play/child_process.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <thread>
#include <utility>

#include "apps/play/program.h"

namespace rialto::play {
namespace {

using std::chrono::milliseconds;

constexpr milliseconds drain_time{10'000};

}  // namespace

Result<std::unique_ptr<ChildProcess>> ChildProcess::start(const std::vector<std::string>& words,
                                                          const std::string& log) {
  std::array<int, 2> to{};
  std::array<int, 2> from{};
  if (::pipe2(to.data(), O_CLOEXEC) != 0 || ::pipe2(from.data(), O_CLOEXEC) != 0) {
    return Error{ErrorKind::unavailable, "the system gives no pipe"};
  }
  const int log_file =
      log.empty() ? -1 : ::open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  std::signal(SIGPIPE, SIG_IGN);  // who has gone does not take us along
  const pid_t child = start_program(words, {to[0], from[1], log_file});
  ::close(to[0]);
  ::close(from[1]);
  if (log_file >= 0) ::close(log_file);
  if (child < 0) return Error{ErrorKind::unavailable, "the system starts no more processes"};
  return std::unique_ptr<ChildProcess>(new ChildProcess(child, to[1], from[0]));
}

ChildProcess::~ChildProcess() {
  ::close(input_);
  ::close(output_);
  ::kill(child_, SIGTERM);
  for (milliseconds waited{0}; ::waitpid(child_, nullptr, WNOHANG) == 0;
       waited += milliseconds(10)) {
    if (waited == drain_time) ::kill(child_, SIGKILL);
    std::this_thread::sleep_for(milliseconds(10));
  }
}

void ChildProcess::write_line(std::string_view line) {
  const std::string bytes = std::string(line) + '\n';
  std::size_t written = 0;
  while (written < bytes.size()) {
    const ssize_t put = ::write(input_, bytes.data() + written, bytes.size() - written);
    if (put <= 0) return;
    written += static_cast<std::size_t>(put);
  }
}

std::optional<std::string> ChildProcess::read_line(milliseconds patience) {
  const auto until = std::chrono::steady_clock::now() + patience;
  while (true) {
    if (auto line = take_line()) return line;
    const auto left = std::chrono::ceil<milliseconds>(until - std::chrono::steady_clock::now());
    if (ended_ || left < milliseconds(0)) return std::nullopt;
    pollfd watched{output_, POLLIN, 0};
    if (::poll(&watched, 1, static_cast<int>(left.count())) == 0) return std::nullopt;
    std::array<char, 65536> bytes;
    const ssize_t got = ::read(output_, bytes.data(), bytes.size());
    if (got > 0) read_.append(bytes.data(), static_cast<std::size_t>(got));
    ended_ = got <= 0;
  }
}

std::optional<std::string> ChildProcess::take_line() {
  const std::size_t end = read_.find('\n');
  if (end == std::string::npos) return std::nullopt;
  std::string line = read_.substr(0, end);
  read_.erase(0, end + 1);
  return line;
}

}  // namespace rialto::play
