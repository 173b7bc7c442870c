#include "apps/command/label_file.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <string_view>

#include "actors/utf8.h"

namespace rialto::command {
namespace {

constexpr std::size_t longest_label = 100;  // bytes

std::string without_margins(const std::string& line) {
  constexpr const char* blank = " \t\r";
  const std::size_t first = line.find_first_not_of(blank);
  if (first == std::string::npos) return {};
  return line.substr(first, line.find_last_not_of(blank) - first + 1);
}

// What is wrong with a label; empty: nothing.
std::string fault(const std::string& label) {
  if (label.size() > longest_label) {
    return "a label has at most " + std::to_string(longest_label) + " bytes";
  }
  if (!is_utf8(label)) return "a label is text in UTF-8";
  const auto control = [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; };
  if (std::any_of(label.begin(), label.end(), control)) return "a label has no control characters";
  return {};
}

}  // namespace

Result<std::vector<std::string>> read_labels(const std::filesystem::path& file) {
  std::ifstream lines(file, std::ios::binary);
  if (!lines || std::filesystem::is_directory(file)) {
    return Error{ErrorKind::not_found, "cannot read the file of labels " + file.string()};
  }
  std::vector<std::string> labels;
  std::map<std::string, int> seen;
  std::string line;
  for (int number = 1; std::getline(lines, line); ++number) {
    if (number == 1 && line.starts_with("\xEF\xBB\xBF")) line.erase(0, 3);
    std::string label = without_margins(line);
    if (label.empty()) continue;
    const std::string place = file.string() + ":" + std::to_string(number) + ": ";
    if (const std::string why = fault(label); !why.empty()) {
      return Error{ErrorKind::invalid, place + why};
    }
    const auto [first, fresh] = seen.try_emplace(label, number);
    if (!fresh) {
      return Error{ErrorKind::invalid, place + "the label \"" + label + "\" stands in line " +
                                           std::to_string(first->second) +
                                           " already; each participant has one of their own"};
    }
    labels.push_back(std::move(label));
  }
  if (labels.empty()) {
    return Error{ErrorKind::invalid, file.string() + " has no labels: write one a line"};
  }
  return labels;
}

}  // namespace rialto::command
