// A child process whose output a test reads line by line, and which it may kill. Owned by the test.
// Guarantee: the child has ended and is waited for when this object is gone.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

namespace rialto {

// A program that is built beside this one.
inline std::filesystem::path built(const std::string& name) {
  return std::filesystem::read_symlink("/proc/self/exe").parent_path() / name;
}

class ChildProcess {
 public:
  // `environment` is added to this process's own.
  explicit ChildProcess(const std::vector<std::string>& command,
                        const std::vector<std::string>& environment = {}) {
    int in[2];
    int out[2];
    if (::pipe2(in, O_CLOEXEC) != 0 || ::pipe2(out, O_CLOEXEC) != 0) {
      throw std::runtime_error("no pipe");
    }
    posix_spawn_file_actions_t actions;
    ::posix_spawn_file_actions_init(&actions);
    ::posix_spawn_file_actions_adddup2(&actions, in[0], 0);
    ::posix_spawn_file_actions_adddup2(&actions, out[1], 1);
    std::vector<char*> arguments = pointers(command);
    std::vector<char*> variables = pointers(environment);
    variables.pop_back();
    for (char** variable = environ; *variable != nullptr; ++variable)
      variables.push_back(*variable);
    variables.push_back(nullptr);
    const int error =
        ::posix_spawn(&pid_, arguments[0], &actions, nullptr, arguments.data(), variables.data());
    ::posix_spawn_file_actions_destroy(&actions);
    ::close(in[0]);
    ::close(out[1]);
    in_ = in[1];
    out_ = ::fdopen(out[0], "r");
    if (error != 0) throw std::runtime_error("cannot start " + command[0]);
  }

  ~ChildProcess() {
    kill();
    ::close(in_);
    std::fclose(out_);
  }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  pid_t pid() const { return pid_; }

  // The next line without its end, or empty at the end of output. A line that was cut short by the
  // child's end is none.
  std::string read_line() {
    std::string line;
    for (int byte = std::getc(out_); byte != EOF; byte = std::getc(out_)) {
      if (byte == '\n') return line;
      line.push_back(static_cast<char>(byte));
    }
    return "";
  }

  // All that it still says, up to its end.
  std::string read_all() {
    std::string all;
    char piece[65536];
    for (std::size_t got = 0; (got = std::fread(piece, 1, sizeof piece, out_)) > 0;) {
      all.append(piece, got);
    }
    return all;
  }

  // As `kill -9` would; nothing happens if it has ended.
  void kill() {
    if (ended_) return;
    ::kill(pid_, SIGKILL);
    ::waitpid(pid_, nullptr, 0);
    ended_ = true;
  }

 private:
  static std::vector<char*> pointers(const std::vector<std::string>& texts) {
    std::vector<char*> all;
    for (const std::string& text : texts) all.push_back(const_cast<char*>(text.c_str()));
    all.push_back(nullptr);
    return all;
  }

  pid_t pid_ = -1;
  int in_ = -1;
  std::FILE* out_ = nullptr;
  bool ended_ = false;
};

}  // namespace rialto
