// Other programs, run by this one. Free functions on the thread of the caller. Guarantee: a child
// is asked to end when this process has ended, whatever ended it, and begins with the signals as
// they usually are.
#pragma once

#include <sys/types.h>

#include <filesystem>
#include <string>
#include <vector>

namespace rialto::play {

// The name of this program in `words`, for a child that does another of its commands.
inline constexpr const char* this_program = "/proc/self/exe";

// The file of this program; also after another has taken its place, as when it is upgraded while it
// runs.
std::filesystem::path program_file();

// Where a child's standard streams lead; -1: where ours do.
struct Streams {
  int input = -1;
  int output = -1;
  int error = -1;
};

// Starts a program, found as a shell finds it. -1: the system starts none.
pid_t start_program(const std::vector<std::string>& words, Streams streams = {});
// Waits for its end. True: it ended by itself, with 0.
bool ends_well(pid_t program);

struct Finished {
  bool well = false;   // it ended by itself, with 0
  std::string output;  // what it wrote to standard output and standard error
};

// Runs it to its end.
Finished run_program(const std::vector<std::string>& words);

}  // namespace rialto::play
