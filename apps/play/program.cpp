#include "apps/play/program.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdio>

namespace rialto::play {
namespace {

[[noreturn]] void become(const std::vector<char*>& words, const Streams& streams) {
  ::prctl(PR_SET_PDEATHSIG, SIGTERM);
  sigset_t none;
  sigemptyset(&none);
  ::sigprocmask(SIG_SETMASK, &none, nullptr);
  if (streams.input >= 0) ::dup2(streams.input, STDIN_FILENO);
  if (streams.output >= 0) ::dup2(streams.output, STDOUT_FILENO);
  if (streams.error >= 0) ::dup2(streams.error, STDERR_FILENO);
  ::execvp(words[0], words.data());
  std::perror(words[0]);
  ::_exit(127);
}

}  // namespace

std::filesystem::path program_file() {
  std::string file = std::filesystem::read_symlink(this_program);
  constexpr std::string_view gone = " (deleted)";  // proc(5)
  if (file.ends_with(gone)) file.resize(file.size() - gone.size());
  return file;
}

pid_t start_program(const std::vector<std::string>& words, Streams streams) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const pid_t program = ::fork();
  if (program == 0) become(pointers, streams);
  return program;
}

bool ends_well(pid_t program) {
  int status = 0;
  while (::waitpid(program, &status, 0) < 0 && errno == EINTR) {
  }
  return WIFEXITED(status) && WEXITSTATUS(status) == 0;
}

Finished run_program(const std::vector<std::string>& words) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) return {false, "the system gives no pipe"};
  const pid_t program = start_program(words, {-1, ends[1], ends[1]});
  ::close(ends[1]);
  Finished finished;
  std::array<char, 4096> piece{};
  ssize_t size = 0;
  while (program > 0 && (size = ::read(ends[0], piece.data(), piece.size())) > 0) {
    finished.output.append(piece.data(), static_cast<std::size_t>(size));
  }
  ::close(ends[0]);
  finished.well = program > 0 && ends_well(program);
  return finished;
}

}  // namespace rialto::play
