#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/installation.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr const char* notes =
    "DIR is the game's folder: DIR/NAME.cpp, where NAME is the folder's own name, and its pages.\n"
    "The library DIR/NAME.so is made beside them. The compiler is $CXX, or c++.\n"
    "\n"
    "Example:\n"
    "  rialto build dilemma && rialto serve --demo --app dilemma/dilemma.so\n";

int run_compiler(const std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (const std::string& word : words) pointers.push_back(const_cast<char*>(word.c_str()));
  pointers.push_back(nullptr);
  const pid_t compiler = ::fork();
  if (compiler == 0) {
    ::execvp(pointers[0], pointers.data());
    std::perror(pointers[0]);
    ::_exit(127);
  }
  int status = 0;
  ::waitpid(compiler, &status, 0);
  return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? exit_done : exit_failed;
}

int build(const std::string& folder) {
  const fs::path game = fs::weakly_canonical(fs::absolute(folder));
  const std::string name = game.filename();
  const fs::path source = game / (name + ".cpp");
  if (!fs::exists(source)) {
    return fail({ErrorKind::not_found,
                 "there is no " + source.string() + "; a game's file has the name of its folder"});
  }
  const char* const compiler = std::getenv("CXX");
  // The flags that make a record re-execute to the same bytes, as the built-in games have them.
  return run_compiler({compiler != nullptr ? compiler : "c++", "-std=c++20", "-O2", "-g1", "-fPIC",
                       "-shared", "-Wall", "-Wextra", "-Wno-missing-field-initializers",
                       "-ffp-contract=off", "-D_GLIBCXX_ASSERTIONS", "-I",
                       headers_folder().string(), source.string(), "-o",
                       (game / (name + ".so")).string()});
}

}  // namespace

void add_build(CLI::App& program, Action& action) {
  auto folder = std::make_shared<std::string>();
  CLI::App* const command = program.add_subcommand("build", "Compile a game of your own");
  command->add_option("DIR", *folder, "Folder of the game")->required();
  command->footer(notes);
  command->callback([folder, &action] { action = [folder] { return build(*folder); }; });
}

}  // namespace rialto::command
