#include "apps/command/typed_command.h"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "actors/log_text.h"
#include "apps/command/near_word.h"

namespace rialto::command {
namespace {

std::vector<const CLI::App*> commands_of(const CLI::App& command) {
  return command.get_subcommands([](const CLI::App*) { return true; });
}

std::string no_command(const std::string& typed, const std::string& word,
                       const std::vector<const CLI::App*>& known) {
  std::vector<std::string> names;
  std::string list;
  for (const CLI::App* const each : known) {
    names.push_back(each->get_name());
    list += (list.empty() ? "" : ", ") + each->get_name();
  }
  return "there is no command \"" + typed + visible_text(word) + "\"; there are: " + list +
         did_you_mean(word, names);
}

}  // namespace

std::optional<std::string> unknown_command(const CLI::App& program, int argc,
                                           const char* const* argv) {
  const CLI::App* command = &program;
  std::string typed = "rialto ";
  for (int i = 1; i < argc; ++i) {
    const std::string word = argv[i];
    const auto known = commands_of(*command);
    if (known.empty()) return std::nullopt;
    if (word.starts_with('-')) return std::nullopt;  // what follows may be its value
    const auto next = std::ranges::find(known, word, &CLI::App::get_name);
    if (next == known.end()) return no_command(typed, word, known);
    command = *next;
    typed += word + " ";
  }
  return std::nullopt;
}

std::string near_option(const CLI::App& program) {
  const CLI::App* command = &program;
  while (!command->get_subcommands().empty()) command = command->get_subcommands().front();
  std::vector<std::string> known;
  for (const CLI::Option* const option : command->get_options()) {
    for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
  }
  for (const std::string& word : program.remaining(true)) {
    if (word.starts_with("--")) return did_you_mean(word.substr(0, word.find('=')), known);
  }
  return "";
}

}  // namespace rialto::command
