// A file of participant labels: one a line, as a lab has them. Free functions, any thread.
// Guarantee: what they accept has no label twice and none that a link or a table could not carry.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "storage/result.h"

namespace rialto::command {

// Without empty lines and the spaces around a label. An Error names file and line.
Result<std::vector<std::string>> read_labels(const std::filesystem::path& file);

}  // namespace rialto::command
