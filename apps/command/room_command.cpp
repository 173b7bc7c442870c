#include <CLI/CLI.hpp>
#include <memory>

#include "actors/value.h"
#include "apps/command/commands.h"
#include "apps/command/control_client.h"
#include "apps/command/say.h"

namespace rialto::command {
namespace {

struct RoomOptions {
  std::string data;
  std::string room;
  bool json = false;
};

std::string text_of(const Value& object, const char* key) { return object[key].as<std::string>(); }

std::string state_of(const Value& room) {
  if (room.contains("session")) return "session " + text_of(room, "session");
  return "no session, " + std::to_string(room["present"].as<std::int64_t>()) + " waiting";
}

void print_room(const Value& room) {
  say("room {}  {}  {}\n", text_of(room, "name"), text_of(room, "display_name"), state_of(room));
  if (!room["secure"].as<bool>()) say("link for all  {}\n", text_of(room, "link"));
  if (!room.contains("labels")) return;
  for (const Value& label : room["labels"]) {
    say("{}  {}{}\n", text_of(label, "label"), text_of(label, "link"),
        label["present"].as<bool>() ? "  waiting" : "");
  }
}

void print_list(const Value& rooms) {
  if (rooms.empty()) say("no rooms: rialto.toml has no [[rooms]]\n");
  for (const Value& room : rooms) {
    const std::size_t labels = room.contains("labels") ? room["labels"].size() : 0;
    const std::string who = labels == 0 ? "anybody" : std::to_string(labels) + " labels";
    say("{:<20} {:<12} {}  {}\n", text_of(room, "name"), who, text_of(room, "link"),
        state_of(room));
  }
}

void print_closed(const Value& session) {
  say("session {} is in no room any more; who plays it plays on\n", text_of(session, "code"));
}

CLI::App* add(CLI::App& group, const std::string& name, const char* about, const char* example,
              void (*print)(const Value&), const std::shared_ptr<RoomOptions>& options,
              Action& action) {
  CLI::App* const command = group.add_subcommand(name, about);
  command->footer(example);
  add_data_option(*command, options->data);
  add_json_option(*command, options->json);
  command->callback([options, &action, print, name] {
    action = [options, print, name] {
      const Value request{{"command", "room " + name}, {"room", options->room}};
      return ask_and_print(options->data, request, options->json, print);
    };
  });
  return command;
}

}  // namespace

void add_room(CLI::App& program, Action& action) {
  auto options = std::make_shared<RoomOptions>();
  CLI::App* const group = program.add_subcommand(
      "room", "Look at the rooms of rialto.toml, whose links stay (while the server runs)");
  group->require_subcommand(1);
  group->footer(
      "Examples:\n"
      "  rialto room list --data lab\n"
      "  rialto room show econ_lab --data lab\n"
      "  rialto session create auction 12 --room econ_lab --data lab\n"
      "  rialto room close econ_lab --data lab\n");
  add(*group, "list", "List all rooms", "Example:\n  rialto room list --json --data lab\n",
      print_list, options, action);
  CLI::App* const show = add(*group, "show", "Show a room: its links, its session, who waits there",
                             "Examples:\n"
                             "  rialto room show econ_lab --data lab\n"
                             "  rialto room show econ_lab --json --data lab      for a script\n",
                             print_room, options, action);
  CLI::App* const close =
      add(*group, "close", "Take the session out of its room; who plays it plays on",
          "Example:\n  rialto room close econ_lab --data lab\n", print_closed, options, action);
  for (CLI::App* const command : {show, close}) {
    command->add_option("NAME", options->room, "Name of the room (see: rialto room list)")
        ->required();
  }
}

}  // namespace rialto::command
