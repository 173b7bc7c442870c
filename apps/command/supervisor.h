// The process that a user starts with `rialto serve`: it starts the worker, which does all the
// work, and starts it again when it ends abnormally (rules.md 9). One thread; holds no state but
// the worker's. Guarantees: a first start that fails ends with the worker's exit code, once; the
// worker dies with its supervisor, however that ends; SIGINT and SIGTERM drain, a second one ends
// at once.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rialto::command {

// What the worker tells its supervisor when it is ready, over a pipe: where it listens.
struct Ready {
  std::string listen;  // HOST:PORT, the port really taken: the next worker takes the same
  std::string text;    // to be printed, once
};

// The worker's side: `pipe` is the number given by `--worker`.
void tell_ready(int pipe, const Ready& ready);

// Runs workers with these arguments (without the program's name) on this data folder until one ends
// normally or a signal comes. Returns the exit code.
int supervise(const std::vector<std::string>& arguments, const std::filesystem::path& data);

}  // namespace rialto::command
