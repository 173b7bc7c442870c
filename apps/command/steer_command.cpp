// What the experimenter does while people play: closes a session and opens it again, moves on who
// does not go on, drops who does not come back.
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <iostream>
#include <memory>
#include <string>

#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/say.h"

namespace rialto::command {
namespace {

struct SteerOptions {
  std::string data;
  std::string code;
  std::string participant;
  bool slowest = false;
  bool yes = false;
  bool json = false;
};

// Nobody stops forty people by mistyping a command.
Result<void> confirm(const SteerOptions& options, const std::string& what) {
  if (options.yes) return {};
  if (::isatty(STDIN_FILENO) == 0) {
    return Error{ErrorKind::invalid, "this " + what + "; say --yes to do it"};
  }
  say_aside("This {}. Type yes to do it: ", what);
  std::string typed;
  std::getline(std::cin, typed);
  if (typed == "yes") return {};
  return Error{ErrorKind::invalid, "nothing was done"};
}

void say_moved(const Value& moved) {
  const auto who = moved["participant"].as<std::string>();
  if (const Value* const error = moved.find("error")) {
    return say("{}: {}\n", who, error->as<std::string>());
  }
  std::string where;
  if (moved.contains("page")) {
    where = moved["app"].as<std::string>() + " " + moved["page"].as<std::string>() + ", round " +
            moved["round"].dump();
  }
  const auto did = moved["did"].as<std::string>();
  if (did == "advanced") return say("{} has left {}\n", who, where);
  if (did == "begun") return say("{} has begun {} without coming\n", who, where);
  if (did == "dropped") return say("{} was dropped, on {}\n", who, where);
  say("{} {}{}{}; nothing was done\n", who, moved["why"].as<std::string>(),
      where.empty() ? "" : ": ", where);
}

void print_moved(const Value& result) {
  if (result["moved"].empty()) say("nobody plays\n");
  for (const Value& moved : result["moved"]) say_moved(moved);
}

void print_closed(const Value& session) {
  const auto code = session["code"].as<std::string>();
  say("session {} is closed: nothing changes any more; to go on: rialto session reopen {}\n", code,
      code);
}

void print_reopened(const Value& session) {
  say("session {} goes on, with all times as they stood\n", session["code"].as<std::string>());
}

int steer(const SteerOptions& options, Value request, void (*print)(const Value&)) {
  request.set("code", options.code);
  return ask_and_print(options.data, request, options.json, print);
}

int close_session(const SteerOptions& options) {
  const auto sure = confirm(options, "stops session " + options.code + " for all who play it");
  if (!sure) return fail(sure.error());
  return steer(options, {{"command", "session close"}}, print_closed);
}

int reopen_session(const SteerOptions& options) {
  return steer(options, {{"command", "session reopen"}}, print_reopened);
}

int advance_session(const SteerOptions& options) {
  if (options.slowest == !options.participant.empty()) {
    return fail({ErrorKind::invalid, "say whom to move on: a participant, or --slowest"});
  }
  return steer(options,
               {{"command", "session advance"},
                {"slowest", options.slowest},
                {"participant", options.participant}},
               print_moved);
}

int drop_participant(const SteerOptions& options) {
  const auto sure = confirm(options, "takes participant " + options.participant +
                                         " out of session " + options.code + " for good");
  if (!sure) return fail(sure.error());
  return steer(options, {{"command", "participant drop"}, {"participant", options.participant}},
               say_moved);
}

CLI::App* add(CLI::App& group, const char* name, const char* about, const char* notes,
              int (*run)(const SteerOptions&), const std::shared_ptr<SteerOptions>& options,
              Action& action) {
  CLI::App* const command = group.add_subcommand(name, about);
  command->add_option("CODE", options->code, "Code of the session (see: rialto session list)")
      ->required();
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  command->footer(notes);
  command->callback([options, &action, run] { action = [options, run] { return run(*options); }; });
  return command;
}

constexpr const char* who = "Code of the participant, or label (see: rialto session show)";

}  // namespace

void add_session_steering(CLI::App& session, Action& action) {
  auto options = std::make_shared<SteerOptions>();
  add(session, "close", "Close a session: nothing changes any more, and every window says so",
      "Times stand still until it is opened again, if it is; nobody can come in, send or submit.\n"
      "\n"
      "Examples:\n"
      "  rialto session close k3j9x2ab --data lab\n"
      "  rialto session close k3j9x2ab --yes --data lab      in a script\n",
      close_session, options, action)
      ->add_flag("--yes", options->yes, "Do not ask");
  add(session, "reopen", "Open a closed session again, with all times as they stood",
      "Example:\n  rialto session reopen k3j9x2ab --data lab\n", reopen_session, options, action);
  CLI::App* const advance = add(
      session, "advance", "Move on who does not go on, as if the time of his page were up",
      "What the page asks and he has not handed in becomes 0, no or nothing, as at the end of a\n"
      "page's time. Who has not come yet begins his first page. On a wait page nobody can be "
      "moved\n"
      "on: those he waits for can, or be dropped (see: rialto participant drop).\n"
      "\n"
      "Examples:\n"
      "  rialto session advance k3j9x2ab abcd2345 --data lab\n"
      "  rialto session advance k3j9x2ab --slowest --data lab      all who are furthest behind\n",
      advance_session, options, action);
  advance->add_option("PARTICIPANT", options->participant, who);
  advance->add_flag("--slowest", options->slowest, "All who are furthest behind");
}

void add_participant_drop(CLI::App& participant, Action& action) {
  auto options = std::make_shared<SteerOptions>();
  CLI::App* const drop =
      add(participant, "drop", "Take out who does not come back: nobody waits for him any more",
          "The game hears of it (.on_drop), the others of his group read a word on their page. "
          "What he\n"
          "has earned stays as it is, unless the game says otherwise. It cannot be taken back.\n"
          "\n"
          "Example:\n  rialto participant drop k3j9x2ab abcd2345 --data lab\n",
          drop_participant, options, action);
  drop->add_option("PARTICIPANT", options->participant, who)->required();
  drop->add_flag("--yes", options->yes, "Do not ask");
}

}  // namespace rialto::command
