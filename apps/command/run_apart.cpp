#include "apps/command/run_apart.h"

#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstring>
#include <string_view>

#include "actors/errors.h"

namespace rialto::command {
namespace {

void write_all(int pipe, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(pipe, bytes.data(), bytes.size());
    if (written <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
}

std::string read_all(int pipe) {
  std::string text;
  char piece[4096];
  ssize_t size = 0;
  while ((size = ::read(pipe, piece, sizeof piece)) > 0) {
    text.append(piece, static_cast<std::size_t>(size));
  }
  return text;
}

Result<std::string> caught(const std::function<Result<std::string>()>& work) {
  try {
    return work();
  } catch (...) {
    return Error{ErrorKind::invalid, what_is_caught()};
  }
}

// In the child: what came of it goes through the pipe, an error behind a sign of its own.
[[noreturn]] void do_and_tell(const std::function<Result<std::string>()>& work,
                              std::chrono::seconds longest, int pipe) {
  ::signal(SIGALRM, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  ::alarm(static_cast<unsigned>(longest.count()));
  const Result<std::string> done = caught(work);
  write_all(pipe, done ? "+" + *done : "-" + done.error().message);
  ::_exit(0);
}

}  // namespace

Result<std::string> run_apart(const std::string& library,
                              const std::function<Result<std::string>()>& work,
                              std::chrono::seconds longest) {
  int ends[2];
  if (::pipe(ends) != 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  const pid_t child = ::fork();
  if (child < 0) return Error{ErrorKind::unavailable, std::strerror(errno)};
  if (child == 0) do_and_tell(work, longest, ends[1]);
  ::close(ends[1]);
  const std::string told = read_all(ends[0]);
  ::close(ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0 && !told.empty()) {
    if (told[0] == '+') return told.substr(1);
    return Error{ErrorKind::invalid, told.substr(1)};
  }
  const int signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
  if (signal == SIGALRM) {
    return Error{ErrorKind::invalid, library + ": the game did not load within " +
                                         std::to_string(longest.count()) + " s: does app() end?"};
  }
  return Error{ErrorKind::invalid,
               library + ": the game crashed when it was loaded and its app() ran" +
                   (signal != 0 ? std::string(" (") + ::strsignal(signal) + ")" : "")};
}

}  // namespace rialto::command
