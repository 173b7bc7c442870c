// The command line: finds out what was asked for and has it done.
#include <CLI/CLI.hpp>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <iostream>

#include "actors/abi.h"
#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/say.h"
#include "apps/command/standard_log.h"
#include "apps/command/typed_command.h"

namespace {

using namespace rialto::command;

constexpr const char* examples =
    "Examples:\n"
    "  rialto serve --demo                       try the games in a browser\n"
    "  rialto serve --data lab --listen 0.0.0.0:8000\n"
    "  rialto session create auction 12 --data lab\n"
    "  rialto export k3j9x2ab --out tables --data lab\n"
    "\n"
    "Exit codes: 0 done, 1 refused or failed, 2 wrong use or cannot start.\n";

int run(int argc, char** argv) {
  CLI::App program("Rialto: live multiplayer experiments and games, durable and in order.",
                   "rialto");
  program.set_version_flag("--version", RIALTO_VERSION);
  program.footer(examples);
  program.require_subcommand(1);
  Action action;
  add_serve(program, action, {argv + 1, argv + argc});
  add_session(program, action);
  add_participant(program, action);
  add_room(program, action);
  add_export(program, action);
  add_apps(program, action);
  add_load(program, action);
  add_bots(program, action);
  add_verify(program, action);
  add_backup(program, action);
  add_restore(program, action);
  add_store(program, action);
  add_build(program, action);
  add_check(program, action);
  add_new(program, action);
  add_dev(program, action);
  add_manual(program, action);
  if (const auto unknown = unknown_command(program, argc, argv)) {
    say_aside("rialto: {}\n", *unknown);
    return exit_cannot_start;
  }
  try {
    program.parse(argc, argv);
  } catch (const CLI::ExtrasError& error) {
    say_aside("{}{}\n", error.what(), near_option(program));
    return exit_cannot_start;
  } catch (const CLI::ParseError& error) {
    return program.exit(error) == 0 ? exit_done : exit_cannot_start;
  }
  return action();
}

// Who redirected it must not take a part for the whole.
int when_written(int code) {
  if (std::cout.flush() && std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  say_aside("rialto: standard output cannot be written: {}\n", std::strerror(errno));
  return exit_failed;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    keep_standard_streams();
    log_to_standard_error();
    return when_written(run(argc, argv));
  } catch (const std::exception& error) {
    say_aside("rialto: {}\n", error.what());
    return exit_failed;
  }
}
