#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>
#include <string>

#include "actors/clock.h"
#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_socket.h"
#include "apps/command/exit_code.h"
#include "apps/command/progress_line.h"
#include "apps/command/say.h"
#include "storage/redaction.h"
#include "storage/rocks_store.h"

namespace rialto::command {
namespace {

constexpr const char* redact_notes =
    "Erases for good what is personal: labels, what was written in chats, the fields that a game\n"
    "marks .personal, and the messages and replies that had to do with them. All other data stay, "
    "and\n"
    "so do export and verify. ";

constexpr const char* common_notes =
    "The server must not run; start it again afterwards.\n"
    "Exported tables, backups and lists of labels are files of yours: erase those yourself.\n"
    "\n";

struct EraseOptions {
  std::string data;
  std::string code;
  bool yes = false;
  bool force = false;
  bool json = false;
};

using Erase = Result<Erasure> (*)(Store& store, const std::string& code, OpenSessions open);

Result<Erasure> redact_all(Store& store, const std::string& code, OpenSessions open) {
  return redact_session(store, code, open, SystemClock().now());
}

Result<Erasure> redact_one(Store& store, const std::string& code, OpenSessions open) {
  return redact_participant(store, code, open, SystemClock().now());
}

// Nobody erases data by mistyping a command.
Result<void> confirm(const EraseOptions& options, const std::string& what) {
  if (options.yes) return {};
  if (::isatty(STDIN_FILENO) == 0) {
    return Error{ErrorKind::invalid, "this erases " + what + " for good; say --yes to do it"};
  }
  say_aside("This erases {} for good. Type {} to do it: ", what, options.code);
  std::string typed;
  std::getline(std::cin, typed);
  if (typed == options.code) return {};
  return Error{ErrorKind::invalid, "nothing was erased"};
}

Result<std::unique_ptr<RocksStore>> open_alone(const std::string& data) {
  if (connect_to(data)) {
    return Error{ErrorKind::unavailable,
                 "a server runs on " + data +
                     ": end it (Ctrl-C, or systemctl stop), do this, start it again; sessions go "
                     "on where they were"};
  }
  std::error_code error;
  if (!std::filesystem::exists(data, error)) {
    return Error{ErrorKind::not_found, "there is no data folder " + data};
  }
  return RocksStore::open(data);
}

void print(const EraseOptions& options, const Erasure& erasure) {
  if (options.json) {
    const Value result{{"session", erasure.session},
                       {"values", static_cast<std::int64_t>(erasure.values)},
                       {"labels", static_cast<std::int64_t>(erasure.labels)}};
    say_json(result);
    return;
  }
  say("{} values and {} labels of session {} were erased; no file in {} holds them\n",
      erasure.values, erasure.labels, erasure.session, options.data);
}

void print_deleted(const EraseOptions& options, const std::string& session) {
  if (options.json) {
    say_json({{"deleted", session}});
  } else {
    say("session {} was deleted; nothing of it is stored in {}\n", session, options.data);
  }
}

Error with_force(Error error) {
  if (error.kind == ErrorKind::conflict) error.message += ", or say --force";
  return error;
}

OpenSessions open_sessions(const EraseOptions& options) {
  return options.force ? OpenSessions::take : OpenSessions::refuse;
}

// What was erased before, by a command that was killed, is taken out of the files, too.
Result<Erasure> redact(const EraseOptions& options, Erase erase) {
  const ProgressLine progress("erasing");
  const auto store = open_alone(options.data);
  if (!store) return store.error();
  auto erased = erase(**store, options.code, open_sessions(options));
  if (!erased) return with_force(erased.error());
  if (auto finished = finish_erasures(**store); !finished) return finished.error();
  return erased;
}

int run_redact(const EraseOptions& options, Erase erase) {
  if (auto sure = confirm(options, "the personal data of " + options.code); !sure) {
    return fail(sure.error());
  }
  const auto erased = redact(options, erase);
  if (!erased) return fail(erased.error());
  print(options, *erased);
  return exit_done;
}

Result<void> erase_all(const EraseOptions& options) {
  const ProgressLine progress("erasing");
  const auto store = open_alone(options.data);
  if (!store) return store.error();
  const auto erased = delete_session(**store, options.code, open_sessions(options));
  const auto finished = finish_erasures(**store);
  if (!finished) return finished.error();
  // A command that was killed may have deleted it already.
  const bool was_deleted = std::ranges::find(*finished, options.code) != finished->end();
  if (!erased && !was_deleted) return with_force(erased.error());
  return {};
}

int run_delete(const EraseOptions& options) {
  if (auto sure = confirm(options, "session " + options.code + " with all its data"); !sure) {
    return fail(sure.error());
  }
  if (auto erased = erase_all(options); !erased) return fail(erased.error());
  print_deleted(options, options.code);
  return exit_done;
}

void add(CLI::App& group, const char* name, const char* about, const char* code,
         const std::string& notes, int (*run)(const EraseOptions&), Action& action) {
  auto options = std::make_shared<EraseOptions>();
  CLI::App* const command = group.add_subcommand(name, about);
  command->add_option("CODE", options->code, code)->required();
  command->add_flag("--yes", options->yes, "Do not ask");
  command->add_flag("--force", options->force, "Also if the session is still open");
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action, run] { action = [options, run] { return run(*options); }; });
}

}  // namespace

void add_session_erasures(CLI::App& session, Action& action) {
  const char* const code = "Code of the session (see: rialto session list)";
  add(
      session, "redact", "Erase what is personal in a session, and keep the rest", code,
      std::string(redact_notes) + common_notes +
          "Examples:\n"
          "  rialto session redact k3j9x2ab --data lab\n"
          "  rialto session redact k3j9x2ab --yes --json --data lab      in a script\n",
      [](const EraseOptions& options) { return run_redact(options, redact_all); }, action);
  add(session, "delete", "Erase a session with all its data", code,
      std::string("Erases everything that is stored of a session, for good. ") + common_notes +
          "Examples:\n"
          "  rialto session delete k3j9x2ab --data lab\n"
          "  rialto session delete k3j9x2ab --yes --force --data lab     though it is open\n",
      run_delete, action);
}

void add_participant(CLI::App& program, Action& action) {
  CLI::App* const group =
      program.add_subcommand("participant", "Drop a participant, or erase what is personal");
  group->require_subcommand(1);
  const char* const example = "Example:\n  rialto participant redact abcd2345 --data lab\n";
  group->footer(example);
  add_participant_drop(*group, action);
  add(
      *group, "redact", "Erase what is personal of a participant, and keep the rest",
      "Code of the participant (see: rialto session show, or participant.code in the tables)",
      std::string(redact_notes) +
          "What is personal of a whole\ngroup is erased with each of its members. " + common_notes +
          example,
      [](const EraseOptions& options) { return run_redact(options, redact_one); }, action);
}

}  // namespace rialto::command
