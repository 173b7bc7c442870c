// The project file, rialto.toml: which session configs, rooms and money there are. Read when the
// server starts. Free functions, any thread. Guarantee: a file that contradicts itself is refused
// whole, each fault with file, line and what is allowed.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/money.h"
#include "actors/session_config.h"
#include "apps/command/left_out.h"
#include "gateway/words.h"
#include "storage/result.h"

namespace rialto::command {

// A place that sessions come to and whose link stays the same.
struct Room {
  std::string name;
  std::string display_name;
  std::filesystem::path label_file;         // empty: anybody may come
  std::vector<std::string> labels;          // of that file
  bool secure = false;                      // who comes needs the link of a label
  std::filesystem::path welcome_page = {};  // HTML that visitors see first; empty: none
};

struct Project {
  // `not_found` with a sentence: of this config no session can be made, for a game of it is
  // missing.
  Result<void> can_be_played(const std::string& config) const;

  std::vector<SessionConfig> configs;  // all there are: the file's, then each app by itself
  // Configs that are not among them, for a game of theirs was left out.
  std::map<std::string, LeftOut> unplayable;
  std::vector<Room> rooms;
  Words words = {};             // ours and the project's own
  std::string language = "en";  // of pages; a session config may have another
};

// The file that `--project` names, itself or by its folder; without one, rialto.toml in this
// folder, or "" if there is none. `not_found` if it is named and is not there.
Result<std::filesystem::path> project_file(const std::string& named);
// The files that it names: of words, of labels, pages of welcome. None of one that is no TOML.
std::vector<std::filesystem::path> files_of_project(const std::filesystem::path& file);
// How the project writes money; to be set before any app is made. Of no file (""): the default.
Result<MoneyFormat> read_money(const std::filesystem::path& file);
// All the rest. Money's format has been set.
Result<Project> read_project(const std::filesystem::path& file, const std::vector<AnyApp>& apps,
                             const std::vector<LeftOut>& left_out = {});

}  // namespace rialto::command
