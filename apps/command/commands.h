// The commands of `rialto`, one function each: it declares the command, its options and examples,
// and what is to be done if it was chosen. Called by main.cpp, on the only thread there is then.
// Guarantee: nothing is done before the whole command line has been understood.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/result.h"

namespace CLI {
class App;
}

namespace rialto::command {

// Set by the command that was chosen; returns the exit code.
using Action = std::function<int()>;

// `arguments` are those of the whole program, for the worker.
void add_serve(CLI::App& program, Action& action, std::vector<std::string> arguments);
void add_session(CLI::App& program, Action& action);
// Of the command `session`.
void add_session_erasures(CLI::App& session, Action& action);
// close, reopen, advance.
void add_session_steering(CLI::App& session, Action& action);
// Of the command `participant`.
void add_participant_drop(CLI::App& participant, Action& action);
void add_participant(CLI::App& program, Action& action);
void add_room(CLI::App& program, Action& action);
void add_export(CLI::App& program, Action& action);
void add_apps(CLI::App& program, Action& action);
void add_load(CLI::App& program, Action& action);
void add_bots(CLI::App& program, Action& action);
void add_verify(CLI::App& program, Action& action);
void add_store(CLI::App& program, Action& action);
void add_backup(CLI::App& program, Action& action);
void add_restore(CLI::App& program, Action& action);
void add_build(CLI::App& program, Action& action);
void add_check(CLI::App& program, Action& action);
void add_new(CLI::App& program, Action& action);
void add_dev(CLI::App& program, Action& action);
// Declared last: it tells of all the others.
void add_manual(CLI::App& program, Action& action);

// `--data`, the same for all commands.
void add_data_option(CLI::App& command, std::string& data);

// `--json`, the same for all commands.
void add_json_option(CLI::App& command, bool& json);

// `--project`, the same for all commands.
void add_project_option(CLI::App& command, std::string& project);

// `--app`, the same for all commands.
void add_library_option(CLI::App& command, std::vector<std::string>& libraries);

// Prints "rialto: <sentence>" on standard error; returns `exit_failed`.
int fail(const Error& error);

}  // namespace rialto::command
