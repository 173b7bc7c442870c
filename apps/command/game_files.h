// What the files of a game's folder are, by their names. Free functions, any thread.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace rialto::command {

// Is it compiled, by itself or because it is included?
bool is_source(const std::filesystem::path& file);

// Is it shown to participants, or read by the game or the project?
bool is_content(const std::filesystem::path& file);

// What the game itself is made of, its tests left out, by name.
struct GameSource {
  std::filesystem::path file;
  std::string text;
};
std::vector<GameSource> game_sources(const std::filesystem::path& folder);

}  // namespace rialto::command
