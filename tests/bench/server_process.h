// A server in a process of its own, pinned to one core: Rialto (its supervisor and all its threads)
// or the limit peer. Owned by a workload. Guarantee: it is gone when this object is.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto::bench {

class ServerProcess {
 public:
  // Starts `arguments` pinned to `core`, and waits for the first line of its output that holds a
  // port (a number by itself, or the one of an http address).
  static Result<std::unique_ptr<ServerProcess>> start(std::vector<std::string> arguments, int core);
  ~ServerProcess();

  std::uint16_t port() const { return port_; }
  // Resident memory of the process and its children, in bytes.
  std::uint64_t resident() const;
  // Processor seconds used so far by the process and its children.
  double processor_seconds() const;
  // Ends the process and its children as a power switch would (kill -9), and waits for them.
  void kill();
  // Asks it to end, and waits.
  void stop();

 private:
  ServerProcess(pid_t pid, int input, int output) : pid_(pid), input_(input), output_(output) {}
  std::vector<pid_t> processes() const;
  void await_end();

  pid_t pid_;
  int input_;
  int output_;
  std::uint16_t port_ = 0;
};

// Runs a command and gives what it printed; an Error if it failed.
Result<std::string> output_of(const std::vector<std::string>& arguments);
// Pins this thread to a core.
void pin_to_core(int core);

}  // namespace rialto::bench
