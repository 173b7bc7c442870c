#include "apps/command/project_games.h"

#include <algorithm>
#include <cstdio>
#include <map>

#include "apps/command/game_files.h"
#include "apps/command/progress_line.h"
#include "apps/command/project_table.h"
#include "apps/play/program.h"

namespace rialto::command {
namespace {

namespace fs = std::filesystem;

// A game's file has the name of its folder.
bool is_game(const fs::path& folder) {
  std::error_code error;
  return fs::is_regular_file(folder / (folder.filename().string() + ".cpp"), error);
}

// The folder itself, or the games in it.
std::vector<fs::path> games_in(const fs::path& folder) {
  if (is_game(folder)) return {folder};
  std::vector<fs::path> games;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    if (is_game(entry.path())) games.push_back(entry.path());
  }
  std::ranges::sort(games);
  return games;
}

bool is_up_to_date(const fs::path& game, const fs::path& library) {
  std::error_code error;
  const auto made = fs::last_write_time(library, error);
  if (error) return false;
  const auto is_newer = [&](const fs::path& file) {
    const auto changed = fs::last_write_time(file, error);
    return !error && changed > made;
  };
  if (is_newer(play::program_file())) return false;
  for (const auto& entry : fs::recursive_directory_iterator(game, error)) {
    const bool is_test = entry.path().stem().string().ends_with("_test");
    if (is_source(entry.path()) && !is_test && is_newer(entry.path())) return false;
  }
  return true;
}

Result<void> build(const fs::path& game) {
  std::fprintf(stderr, "rialto: building %s\n", game.c_str());
  const play::Finished built = [&] {
    const ProgressLine progress("building " + game.string());
    return play::run_program({play::this_program, "build", game});
  }();
  if (!built.well) {
    return Error{ErrorKind::invalid, game.string() + " cannot be built:\n" + built.output};
  }
  // What is warned of; the last line is that it was made.
  std::fputs(built.output.substr(0, built.output.rfind("made ")).c_str(), stderr);
  return {};
}

}  // namespace

fs::path library_of(const fs::path& game) {
  return game / (fs::weakly_canonical(game).filename().string() + ".so");
}

Result<std::vector<fs::path>> project_games(const fs::path& file) {
  std::vector<fs::path> games;
  if (file.empty()) return games;
  const Result<toml::table> table = parse_project(file);
  if (!table) return table.error();
  Problems problems{file.string()};
  const ProjectTable root(*table, file.filename(), problems);
  std::map<std::string, fs::path> folders;  // by name
  for (const std::string& named : root.texts("games").value_or(std::vector<std::string>())) {
    const fs::path folder = (fs::absolute(file).parent_path() / named).lexically_normal();
    const fs::path as_named = folder.has_filename() ? folder : folder.parent_path();
    const std::vector<fs::path> found = games_in(as_named);
    if (found.empty()) {
      root.wrong("games", "there is no game in " + as_named.string() +
                              ": \"games\" names folders of games, as trading of "
                              "trading/trading.cpp, or a folder that holds some");
    }
    for (const fs::path& game : found) {
      const auto [other, is_new] = folders.try_emplace(game.filename(), game);
      if (is_new) {
        games.push_back(game);
      } else if (other->second != game) {
        root.wrong("games", "two games have the name " + game.filename().string() + ": " +
                                other->second.string() + " and " + game.string());
      }
    }
  }
  if (!problems.text.empty()) return Error{ErrorKind::invalid, problems.text};
  return games;
}

Result<void> bring_up_to_date(const fs::path& game) {
  if (is_up_to_date(game, library_of(game))) return {};
  return build(game);
}

}  // namespace rialto::command
