#include <CLI/CLI.hpp>
#include <cstdlib>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"
#include "apps/command/say.h"

namespace rialto::command {

void add_data_option(CLI::App& command, std::string& data) {
  // Read here and not by CLI11's envname, which also fills in the same variable for the sisters of
  // the command that was chosen, after what was typed.
  const char* const usual = std::getenv("RIALTO_DATA");
  data = usual != nullptr && *usual != '\0' ? usual : "rialto-data";
  command.add_option("--data", data, "Folder of the data (or RIALTO_DATA in the environment)")
      ->type_name("DIR")
      ->capture_default_str();
}

void add_json_option(CLI::App& command, bool& json) {
  command.add_flag("--json", json, "Print one JSON value, for scripts");
}

void add_project_option(CLI::App& command, std::string& project) {
  command.add_option("--project", project, "The project file, or the folder it is in")
      ->type_name("FILE|DIR")
      ->default_str("rialto.toml, if there is one here");
}

void add_library_option(CLI::App& command, std::vector<std::string>& libraries) {
  command.add_option("--app", libraries, "A library with one more game (rialto build)")
      ->type_name("FILE.so")
      ->allow_extra_args(false);  // one each time, so that what comes after is the command's
}

int fail(const Error& error) {
  say_lines_aside("rialto: ", error.message);
  return exit_failed;
}

}  // namespace rialto::command
