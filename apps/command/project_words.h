// The language of a project's pages: `language`, and the project's own words in the file that
// `words` names. Free functions, any thread. Guarantee: a language without words is refused, with
// those there are.
#pragma once

#include <filesystem>

#include "apps/command/project.h"
#include "apps/command/project_table.h"

namespace rialto::command {

// `folder` is the project file's. The project's configs have been read: their `language` is
// checked.
void read_words(const ProjectTable& root, const std::filesystem::path& folder, Project& project);

// `invalid`, with a sentence that names the languages there are, if there are no words of this one.
Result<void> check_language(const Value& language, const Words& words);

}  // namespace rialto::command
