#include <CLI/CLI.hpp>
#include <algorithm>
#include <cctype>
#include <filesystem>
#include <fstream>
#include <memory>
#include <vector>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/game_compiler.h"
#include "apps/command/new_game.h"
#include "apps/command/say.h"
#include "apps/command/scratch_folder.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

constexpr const char* notes =
    "Makes a folder with a small game of two that can be played at once: its rules and a bot, its\n"
    "two pages and a test of them. Change it into your own.\n"
    "\n"
    "Example:\n"
    "  rialto new dilemma && rialto build --test dilemma && rialto dev dilemma\n";

bool is_game_name(const std::string& name) {
  const auto fits = [](char c) {
    return std::islower(static_cast<unsigned char>(c)) != 0 ||
           std::isdigit(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  return !name.empty() && std::islower(static_cast<unsigned char>(name[0])) != 0 &&
         std::all_of(name.begin(), name.end(), fits);
}

bool write_files(const fs::path& folder, const std::vector<NewFile>& files) {
  return std::ranges::all_of(files, [&](const NewFile& file) {
    std::ofstream out(folder / file.name);
    out << file.text;
    return static_cast<bool>(out.flush());
  });
}

// Is it a word that C++ or its library has already (link, round, union)? Asked of the compiler;
// without one nobody knows.
bool is_taken(const std::string& name) {
  if (name == "std" || name == "rialto") return true;
  const auto compiles = [](const std::string& tried) {
    const ScratchFolder scratch("rialto-new");
    if (!write_files(scratch.path(), new_game(tried))) return true;
    std::vector<std::string> words = compiler_words();
    words.insert(words.end(), {"-fsyntax-only", scratch.path() + "/" + tried + ".cpp"});
    return play::run_program(words).well;
  };
  return !compiles(name) && compiles("my_own_" + name);
}

int make_game(const std::string& folder, bool json) {
  const std::string name = fs::path(folder).lexically_normal().filename();
  if (!is_game_name(name)) {
    return fail({ErrorKind::invalid,
                 "a game's name is made of small letters, digits and _, as in "
                 "guess_two_thirds; not \"" +
                     name + "\""});
  }
  std::error_code error;
  if (fs::exists(folder) && !fs::is_empty(folder, error)) {
    return fail({ErrorKind::conflict, folder + " exists already, and is not empty"});
  }
  if (is_taken(name)) {
    return fail({ErrorKind::invalid, "a game cannot be named " + name +
                                         ": C++ has that word already; call it " + name +
                                         "_game, for example"});
  }
  fs::create_directories(folder, error);
  const std::vector<NewFile> made = new_game(name);
  if (!write_files(folder, made)) {
    return fail({ErrorKind::unavailable, "cannot write into " + folder});
  }
  Value files = Value::empty_list();
  for (const NewFile& file : made) {
    files.append(folder + "/" + file.name);
    if (!json) say("{}/{}\n", folder, file.name);
  }
  if (json) {
    say_json({{"folder", folder}, {"files", std::move(files)}});
  } else {
    say("play it with: rialto dev {}\n", folder);
  }
  return exit_done;
}

}  // namespace

void add_new(CLI::App& program, Action& action) {
  struct Options {
    std::string folder;
    bool json = false;
  };
  auto options = std::make_shared<Options>();
  CLI::App* const command =
      program.add_subcommand("new", "Make a folder with a game to begin with");
  command->add_option("DIR", options->folder, "The game's folder; its last part is the game's name")
      ->required();
  command->footer(notes);
  add_json_option(*command, options->json);
  command->callback([options, &action] {
    action = [options] { return make_game(options->folder, options->json); };
  });
}

}  // namespace rialto::command
