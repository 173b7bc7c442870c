#include "apps/command/project_words.h"

#include <algorithm>

namespace rialto::command {
namespace {

// {"nl": {"next": "…", "line": {…}}} of a file with a table for each language.
Value words_in(const toml::table& table, const ProjectTable& root) {
  Value words = Value::object();
  for (const auto& [key, node] : table) {
    if (const auto* const text = node.as_string()) {
      words.set(key.str(), text->get());
    } else if (const toml::table* const inner = node.as_table()) {
      words.set(key.str(), words_in(*inner, root));
    } else {
      root.wrong("words", "\"" + std::string(key.str()) + "\" in the file of words is no text");
    }
  }
  return words;
}

void read_file(const ProjectTable& root, const std::filesystem::path& file, Project& project) {
  try {
    const toml::table table = toml::parse_file(file.string());
    auto words = Words::with(words_in(table, root));
    if (words) project.words = *std::move(words);
    if (!words) root.wrong("words", file.string() + ": " + words.error().message);
  } catch (const toml::parse_error& error) {
    const auto line = error.source().begin.line;  // 0: the file is not there
    root.wrong("words", file.string() + (line == 0 ? "" : ":" + std::to_string(line)) + ": " +
                            std::string(error.description()));
  }
}

std::string no_words(const std::string& language, const Words& words) {
  return "\"language\": there are no words of \"" + language + "\", only of " + words.names() +
         "; write those of another language into a file and name it by words = \"words.toml\"";
}

}  // namespace

void read_words(const ProjectTable& root, const std::filesystem::path& folder, Project& project) {
  if (const auto file = root.text("words")) read_file(root, folder / *file, project);
  if (const auto language = root.text("language")) {
    if (!project.words.has(*language)) root.wrong("language", no_words(*language, project.words));
    project.language = *language;
  }
  for (const SessionConfig& config : project.configs) {
    const Value* const own = config.values.find("language");
    if (own == nullptr) continue;
    const bool known = own->is_string() && project.words.has(own->text());
    if (!known) {
      root.wrong(
          "session_configs",
          "config " + config.name + ": " +
              no_words(own->is_string() ? std::string(own->text()) : own->dump(), project.words));
    }
  }
}

}  // namespace rialto::command
