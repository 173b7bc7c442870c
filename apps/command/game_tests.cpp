#include "apps/command/game_tests.h"

#include <dlfcn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstring>
#include <filesystem>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"

namespace rialto::command {
namespace {

// The library has doctest's main; Table and all that it needs come from this program.
int call_main(const std::string& library) {
  void* const loaded = ::dlopen(std::filesystem::absolute(library).c_str(), RTLD_NOW | RTLD_LOCAL);
  if (loaded == nullptr) return fail({ErrorKind::invalid, ::dlerror()});
  auto* const run = reinterpret_cast<int (*)(int, char**)>(::dlsym(loaded, "main"));
  if (run == nullptr) return fail({ErrorKind::invalid, library + " has no tests"});
  std::string name = library;
  char* words[] = {name.data(), nullptr};
  return run(1, words) == 0 ? exit_done : exit_failed;
}

}  // namespace

int run_game_tests(const std::string& library) {
  std::fflush(nullptr);
  const pid_t child = ::fork();
  if (child < 0) return fail({ErrorKind::unavailable, std::strerror(errno)});
  if (child == 0) {
    const int code = call_main(library);
    std::fflush(nullptr);
    ::_exit(code);
  }
  int status = 0;
  ::waitpid(child, &status, 0);
  if (WIFEXITED(status)) return WEXITSTATUS(status);
  return fail(
      {ErrorKind::invalid, std::string("the tests crashed: ") + ::strsignal(WTERMSIG(status))});
}

}  // namespace rialto::command
