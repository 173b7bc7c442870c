#include <CLI/CLI.hpp>
#include <memory>
#include <random>

#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/label_file.h"
#include "apps/command/local_time.h"
#include "apps/command/say.h"
#include "apps/command/session_places.h"

namespace rialto::command {
namespace {

struct SessionOptions {
  std::string data;
  std::string config;
  std::string code;
  std::string key;
  std::vector<std::string> values;  // KEY=VALUE
  std::string labels;               // a file
  std::string room;
  int participants = 0;
  bool json = false;
};

constexpr const char* day_and_time = "%Y-%m-%d %H:%M:%S";

const char* state_of(const Value& session) {
  return session["closed"].as<bool>() ? "closed" : "open";
}

// The author's own, and the fee and rate.
void print_values(const Value& values) {
  for (const auto& [key, value] : values.members()) {
    if (key == "name" || key == "display_name" || key == "app_sequence") continue;
    say("{} = {}\n", key, value.dump());
  }
}

std::string text_of(const Value& object, const char* key) { return object[key].as<std::string>(); }

std::int64_t number_of(const Value& object, const char* key) {
  return object[key].as<std::int64_t>();
}

// "group 2 player 1": from 1, within its app.
std::string seat_of(const Value& session, const Value& participant) {
  const std::int64_t player =
      number_of(participant, participant.contains("id_in_group") ? "id_in_group" : "player");
  std::int64_t group = 0;
  if (const Value* const told = participant.find("group")) {
    if (told->is_null()) return fmt::format("no group yet, player {}", player);
    group = told->as<std::int64_t>();
  } else {
    std::int64_t first = 0;
    for (const Value& stage : session["apps"]) {
      if (stage["app"] == participant["app"]) first = number_of(stage, "first_unit");
    }
    group = number_of(participant, "unit") - first + 1;
  }
  return fmt::format("group {} player {}", group, player);
}

void print_session(const Value& session) {
  say("session {}  {}  {}  {}\n", text_of(session, "code"), text_of(session, "config"),
      state_of(session), local_time(number_of(session, "created"), day_and_time));
  print_values(session["values"]);
  for (const auto& [name, value] : session.get("vars", Value::object()).members()) {
    say("vars.{} = {}\n", name, value.dump());
  }
  say("link for all  {}\n", text_of(session, "link"));
  if (session.contains("room")) {
    say("room {}  {}\n", text_of(session, "room"), text_of(session, "room_link"));
  }
  for (const Value& participant : session["participants"]) {
    say("{} {}  {}{}{}\n", text_of(participant, "app"), seat_of(session, participant),
        text_of(participant, "link"), participant.contains("label") ? "  " : "",
        participant.get("label", ""));
    if (const std::string place = place_text(session, participant); !place.empty()) {
      say("  {}\n", place);
    }
  }
}

void print_shown(const Value& session) {
  print_session(session);
  say_stuck(session);
}

void print_retried(const Value& session) {
  if (session["stuck"].empty()) say("no group is stuck\n");
  for (const Value& stuck : session["stuck"]) {
    say("tried again: {} group {}\n", text_of(stuck, "app"), number_of(stuck, "group"));
  }
}

void print_list(const Value& sessions) {
  for (const Value& session : sessions) {
    say("{}  {:<20} {:>6} participants  {:<6}  {}{}{}\n", text_of(session, "code"),
        text_of(session, "config"), session["participants"].size(), state_of(session),
        local_time(number_of(session, "created"), day_and_time),
        session["demo"].as<bool>() ? "  demo" : "", session["bots"].as<bool>() ? "  bots" : "");
  }
}

// `--set KEY=VALUE` as the server wants it; the server knows which type each value has.
Result<Value> read_values(const std::vector<std::string>& assignments) {
  Value values = Value::object();
  for (const std::string& each : assignments) {
    const std::size_t equals = each.find('=');
    if (equals == 0 || equals == std::string::npos) {
      return Error{ErrorKind::invalid, "--set wants KEY=VALUE, not " + each};
    }
    values.set(each.substr(0, equals), each.substr(equals + 1));
  }
  return values;
}

// So that the command may ask again if the server ends before it answers.
std::string fresh_key() {
  std::random_device draws;
  return fmt::format("once-{:08x}{:08x}{:08x}", draws(), draws(), draws());
}

int create_session(const SessionOptions& options) {
  const Result<Value> values = read_values(options.values);
  if (!values) return fail(values.error());
  Value request = {{"command", "session create"},
                   {"config", options.config},
                   {"participants", options.participants},
                   {"key", options.key.empty() ? fresh_key() : options.key},
                   {"values", *values},
                   {"room", options.room}};
  if (!options.labels.empty()) {
    const auto labels = read_labels(options.labels);
    if (!labels) return fail(labels.error());
    request.set("labels", Value(*labels));
  }
  return ask_and_print(options.data, request, options.json, print_session);
}

void add_create(CLI::App& group, std::shared_ptr<SessionOptions> options, Action& action) {
  CLI::App* const create =
      group.add_subcommand("create", "Create a session; print a link for each participant");
  create
      ->add_option("CONFIG", options->config,
                   "Name of a session config of rialto.toml, or of an app (see: rialto apps)")
      ->required();
  create->add_option("N", options->participants, "How many participants")
      ->check(CLI::Range(1, 100'000))
      ->default_str("one for each label, also of the room's, or as many as a demo has");
  create->add_option("--set", options->values, "Another value for a key of the config")
      ->type_name("KEY=VALUE")
      ->allow_extra_args(false);
  create->add_option("--labels", options->labels, "The participants' labels, one a line")
      ->type_name("FILE");
  create->add_option(
      "--key", options->key,
      "A word of yours: the same key again gives the same session, not a second one");
  create
      ->add_option("--room", options->room,
                   "The room of rialto.toml whose visitors play it (see: rialto room list)")
      ->type_name("NAME");
  create->footer(
      "Examples:\n"
      "  rialto session create auction 12 --key tuesday-10am\n"
      "  rialto session create high_stakes 12 --set participation_fee=5 --labels subjects.txt\n"
      "  rialto session create auction 12 --room lab\n");
  create->callback([options, &action] { action = [options] { return create_session(*options); }; });
}

void add_with_code(CLI::App& group, const char* name, const char* about, const char* example,
                   void (*print)(const Value&), std::shared_ptr<SessionOptions> options,
                   Action& action) {
  CLI::App* const command = group.add_subcommand(name, about);
  command->footer(example);
  command->add_option("CODE", options->code, "Code of the session (see: rialto session list)")
      ->required();
  command->callback([options, &action, print, name = std::string(name)] {
    action = [options, print, name] {
      const Value request{{"command", "session " + name}, {"code", options->code}};
      return ask_and_print(options->data, request, options->json, print);
    };
  });
}

}  // namespace

void add_session(CLI::App& program, Action& action) {
  auto options = std::make_shared<SessionOptions>();
  CLI::App* const group = program.add_subcommand(
      "session", "Create sessions and look at them (while the server runs), erase them");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  rialto session create auction 12 --data lab\n"
      "  rialto session list --data lab\n"
      "  rialto session show k3j9x2ab --data lab\n"
      "  rialto session close k3j9x2ab --data lab\n"
      "  rialto session redact k3j9x2ab --data lab\n");
  add_create(*group, options, action);
  CLI::App* const list = group->add_subcommand("list", "List all sessions, the newest first");
  list->footer("Example:\n  rialto session list --json --data lab\n");
  list->callback([options, &action] {
    action = [options] {
      return ask_and_print(options->data, {{"command", "session list"}}, options->json, print_list);
    };
  });
  add_with_code(*group, "show", "Show a session: links, where everybody is, and what is stuck",
                "Examples:\n"
                "  rialto session show k3j9x2ab --data lab\n"
                "  rialto session show k3j9x2ab --json --data lab      links for a script\n",
                print_shown, options, action);
  add_with_code(*group, "retry", "Let wait pages and drops whose hooks have failed try them again",
                "Example:\n  rialto session retry k3j9x2ab --data lab\n", print_retried, options,
                action);
  for (CLI::App* const command : group->get_subcommands({})) {
    add_data_option(*command, options->data);
    add_json_option(*command, options->json);
  }
  add_session_steering(*group, action);
  add_session_erasures(*group, action);
}

}  // namespace rialto::command
