#include <sys/mman.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>
#include <vector>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_check.h"
#include "apps/command/game_compiler.h"
#include "apps/command/game_tests.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

enum class What { game, tests };

constexpr const char* notes =
    "DIR is the game's folder: DIR/NAME.cpp, where NAME is the folder's own name, and its pages.\n"
    "The library DIR/NAME.so is made beside them, and tried: it must load, its .name must be\n"
    "NAME, its pages must have their HTML. What `rialto check` warns of is told. The compiler is\n"
    "$CXX, or c++.\n"
    "\n"
    "Examples:\n"
    "  rialto build dilemma && rialto serve --demo --app dilemma/dilemma.so\n"
    "  rialto build --test dilemma        runs dilemma/dilemma_test.cpp (doctest is to be "
    "installed)\n"
    "  rialto build --flags > dilemma/compile_flags.txt        editors with clangd then find "
    "app.h\n"
    "  c++ -fsyntax-only $(rialto build --flags) dilemma/dilemma.cpp\n";

// What a library shows to the program that loads it. All else in it is its own: the program, or
// another game, may have a struct Player in a namespace of the same name, which a linker that knows
// names alone would take for this one.
constexpr const char* shown_symbols = "{ global: rialto_abi_tag; main; _ZN*3appEv; local: *; };\n";

// The name of a file that is nowhere, so that nothing is left behind if this is interrupted.
std::string in_memory(const char* text) {
  const int file = ::memfd_create("rialto-build", MFD_CLOEXEC);
  if (::write(file, text, std::strlen(text)) < 0) std::perror("rialto");
  return "/proc/" + std::to_string(::getpid()) + "/fd/" + std::to_string(file);
}

// The compiler's words that make a library of sources.
int make_library(const std::vector<std::string>& sources, const std::string& library) {
  const std::string shown = in_memory(shown_symbols);
  std::vector<std::string> words = compiler_words();
  words.insert(words.end(), {"-O2", "-g1", "-fPIC", "-shared"});
  if (::isatty(STDERR_FILENO) == 1) words.emplace_back("-fdiagnostics-color=always");
  words.insert(words.end(), sources.begin(), sources.end());
  words.insert(words.end(), {"-Wl,--version-script=" + shown, "-o", library});
  const play::Finished compiled = [&] {
    const ProgressLine progress("compiling " + sources.back());
    return play::run_program(words);
  }();
  std::fputs(compiled.output.c_str(), stderr);
  return compiled.well ? exit_done : exit_failed;
}

int build_game(const std::string& source, const std::string& library, bool json) {
  if (const int code = make_library({source}, library); code != exit_done) return code;
  const auto checked = [&] {
    const ProgressLine progress("looking at " + library);
    return check_game(library);
  }();
  if (!checked) return fail(checked.error());
  if (json) {
    say_json({{"library", library}, {"warnings", Value(checked->found)}});
    return exit_done;
  }
  for (const std::string& warning : checked->found) say_aside("rialto: warning: {}\n", warning);
  say("made {}; play it with: rialto serve --demo --app {}\n", library, library);
  return exit_done;
}

int test_game(const std::string& source, const std::string& test) {
  if (!fs::exists(test)) return fail({ErrorKind::not_found, "there is no " + test});
  const std::string library = test.substr(0, test.rfind('.')) + ".so";
  int code = make_library({"-DDOCTEST_CONFIG_IMPLEMENT_WITH_MAIN", source, test}, library);
  if (code == exit_done) code = run_game_tests(library);
  std::error_code error;
  fs::remove(library, error);
  return code;
}

int build(const std::string& folder, What what, bool json) {
  const std::string name = fs::weakly_canonical(fs::absolute(folder)).filename();
  // As it was given, for people; what comes of it is to be typed again.
  const fs::path game = fs::path(folder).lexically_normal();
  const fs::path source = game / (name + ".cpp");
  if (!fs::exists(source)) {
    return fail({ErrorKind::not_found,
                 "there is no " + source.string() + "; a game's file has the name of its folder"});
  }
  return what == What::game ? build_game(source, game / (name + ".so"), json)
                            : test_game(source, game / (name + "_test.cpp"));
}

// One a line, as compile_flags.txt wants them.
int print_flags(bool json) {
  if (json) say_json(Value(compiler_flags()));
  if (!json) {
    for (const std::string& flag : compiler_flags()) say("{}\n", flag);
  }
  return exit_done;
}

}  // namespace

void add_build(CLI::App& program, Action& action) {
  struct Options {
    std::string folder;
    bool flags = false;
    bool tests = false;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* const command = program.add_subcommand("build", "Compile a game of your own");
  command->add_option("DIR", options->folder, "Folder of the game");
  command->add_flag("--flags", options->flags,
                    "Instead, print what games are compiled with, one flag a line");
  command->add_flag("--test", options->tests, "Instead, run the game's tests, DIR/NAME_test.cpp");
  add_json_option(*command, options->json);
  command->require_option(1, 3);
  command->footer(notes);
  command->callback([options, &action] {
    action = [options] {
      if (options->flags) return print_flags(options->json);
      return build(options->folder, options->tests ? What::tests : What::game, options->json);
    };
  });
}

}  // namespace rialto::command
