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

}  // namespace

Result<void> check_language(const Value& language, const Words& words) {
  if (language.is_string() && words.has(language.text())) return {};
  return Error{ErrorKind::invalid,
               "\"language\": there are no words of " + language.dump() + ", only of " +
                   words.names() +
                   "; write those of another language into a file and name it by words = "
                   "\"words.toml\""};
}

void read_words(const ProjectTable& root, const std::filesystem::path& folder, Project& project) {
  if (const auto file = root.text("words")) read_file(root, folder / *file, project);
  if (const auto language = root.text("language")) {
    const auto known = check_language(*language, project.words);
    if (!known) root.wrong("language", known.error().message);
    project.language = *language;
  }
  for (const SessionConfig& config : project.configs) {
    const Value* const own = config.values.find("language");
    if (own == nullptr) continue;
    const auto known = check_language(*own, project.words);
    if (!known) {
      root.wrong("session_configs", "config " + config.name + ": " + known.error().message);
    }
  }
}

}  // namespace rialto::command
