// A program that runs beside this one and is talked to in lines: its standard input and output are
// pipes. Owned by who started it, on its thread. Guarantees: it ends with its owner, also when that
// is killed; a line is given whole or not at all. Limitation: what it prints without end of line is
// not seen.
#pragma once

#include <sys/types.h>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"

namespace rialto::play {

class ChildProcess {
 public:
  // `words`: the program, found as a shell finds it, and its arguments. Its standard error goes to
  // the file `log`; "": to ours.
  static Result<std::unique_ptr<ChildProcess>> start(const std::vector<std::string>& words,
                                                     const std::string& log = {});
  // Asks it to end, and waits; after ten seconds it is killed.
  ~ChildProcess();
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  // What it does not read any more is lost.
  void write_line(std::string_view line);
  // The next line, without its end; nothing if none comes in that time, or it has ended.
  std::optional<std::string> read_line(std::chrono::milliseconds patience);
  // It has closed its output: no line will come.
  bool has_ended() const { return ended_; }

 private:
  ChildProcess(pid_t child, int input, int output)
      : child_(child), input_(input), output_(output) {}
  std::optional<std::string> take_line();

  pid_t child_;
  int input_;   // of the child
  int output_;  // of the child
  std::string read_;
  bool ended_ = false;
};

}  // namespace rialto::play
