#include <CLI/CLI.hpp>
#include <cstdio>

#include "apps/command/commands.h"
#include "apps/command/exit_code.h"

namespace rialto::command {

void add_data_option(CLI::App& command, std::string& data) {
  data = "rialto-data";
  command.add_option("--data", data, "Folder of the data (or RIALTO_DATA in the environment)")
      ->envname("RIALTO_DATA")
      ->type_name("DIR")
      ->capture_default_str();
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
  std::fprintf(stderr, "rialto: %s\n", error.message.c_str());
  return exit_failed;
}

}  // namespace rialto::command
