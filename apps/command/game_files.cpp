#include "apps/command/game_files.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>

namespace rialto::command {
namespace {

constexpr std::array<std::string_view, 6> sources{".cpp", ".h", ".hpp", ".hh", ".hxx", ".inc"};

constexpr auto contents = std::to_array<std::string_view>(
    {".html", ".css", ".js",  ".json", ".toml", ".txt", ".csv", ".tsv",  ".md",   ".xml",
     ".yaml", ".yml", ".png", ".jpg",  ".jpeg", ".gif", ".svg", ".webp", ".ico",  ".mp3",
     ".ogg",  ".wav", ".mp4", ".webm", ".woff", ".ttf", ".pdf", ".dat",  ".woff2"});

}  // namespace

bool is_source(const std::filesystem::path& file) {
  return std::ranges::count(sources, file.extension().native()) > 0;
}

bool is_content(const std::filesystem::path& file) {
  return std::ranges::count(contents, file.extension().native()) > 0;
}

std::vector<GameSource> game_sources(const std::filesystem::path& folder) {
  std::vector<GameSource> all;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(folder, error)) {
    const bool is_test = entry.path().stem().string().ends_with("_test");
    if (!is_source(entry.path()) || is_test) continue;
    std::ifstream stream(entry.path());
    all.push_back({entry.path(), std::string(std::istreambuf_iterator<char>(stream), {})});
  }
  std::ranges::sort(all, {}, &GameSource::file);
  return all;
}

}  // namespace rialto::command
