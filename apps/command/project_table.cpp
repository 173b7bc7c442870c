#include "apps/command/project_table.h"

#include <algorithm>
#include <cmath>

#include "apps/command/near_word.h"

namespace rialto::command {
namespace {

bool is_name(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-';
  };
  return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

const toml::table nothing;

}  // namespace

void Problems::add(const toml::node& at, const std::string& sentence) {
  if (!text.empty()) text += '\n';
  text += file + ":" + std::to_string(at.source().begin.line) + ": " + sentence;
}

Result<toml::table> parse_project(const std::filesystem::path& file) {
  try {
    return toml::parse_file(file.string());
  } catch (const toml::parse_error& error) {
    return Error{ErrorKind::invalid, file.string() + ":" +
                                         std::to_string(error.source().begin.line) + ": " +
                                         std::string(error.description())};
  }
}

std::vector<const toml::key*> keys_in_order(const toml::table& table) {
  std::vector<const toml::key*> keys;
  for (const auto& [key, node] : table) keys.push_back(&key);
  std::ranges::stable_sort(keys, {}, [](const toml::key* key) {
    const toml::source_position& begin = key->source().begin;
    return std::pair(begin.line, begin.column);
  });
  return keys;
}

ProjectTable::ProjectTable(const toml::table& table, std::string name, Problems& problems)
    : table_(&table), name_(std::move(name)), problems_(&problems) {}

std::optional<std::string> ProjectTable::text(std::string_view key) const {
  const toml::node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* const text = node->as_string()) return text->get();
  wants(key, "a text, as in " + std::string(key) + " = \"…\"");
  return std::nullopt;
}

std::optional<bool> ProjectTable::truth(std::string_view key) const {
  const toml::node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  if (const auto* const truth = node->as_boolean()) return truth->get();
  wants(key, "true or false");
  return std::nullopt;
}

std::optional<std::int64_t> ProjectTable::whole(std::string_view key, std::int64_t lowest,
                                                std::int64_t highest) const {
  const toml::node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto* const number = node->as_integer();
  if (number != nullptr && number->get() >= lowest && number->get() <= highest)
    return number->get();
  wants(key, "a whole number from " + std::to_string(lowest) + " to " + std::to_string(highest));
  return std::nullopt;
}

std::optional<double> ProjectTable::number(std::string_view key) const {
  const toml::node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  const std::optional<double> number = node->value<double>();
  if (number && node->is_number() && std::isfinite(*number)) return number;
  wants(key, "a number");
  return std::nullopt;
}

std::optional<std::vector<std::string>> ProjectTable::texts(std::string_view key) const {
  const toml::node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  std::vector<std::string> all;
  if (const toml::array* const array = node->as_array()) {
    for (const toml::node& each : *array) {
      if (const auto* const text = each.as_string()) all.push_back(text->get());
    }
    if (all.size() == array->size()) return all;
  }
  wants(key, "a list of texts, as in " + std::string(key) + " = [\"survey\", \"auction\"]");
  return std::nullopt;
}

std::string ProjectTable::name() const {
  const std::string name = text("name").value_or("");
  if (!has("name")) {
    wrong("name", name_ + " has no name: write name = \"…\"");
  } else if (find("name")->is_string() && !is_name(name)) {
    wants("name", "letters, digits, _ and -, since it stands in commands and links");
  }
  return name;
}

std::vector<ProjectTable> ProjectTable::tables(std::string_view key) const {
  std::vector<ProjectTable> all;
  const toml::node* const node = find(key);
  if (node == nullptr) return all;
  const std::string brackets = "[[" + std::string(key) + "]]";
  if (const toml::array* const array = node->as_array()) {
    for (const toml::node& each : *array) {
      if (const toml::table* const table = each.as_table()) {
        all.emplace_back(*table, brackets, *problems_);
      }
    }
    if (all.size() == array->size()) return all;
  }
  problems_->add(*node, "each of them begins with " + brackets + ", in two brackets");
  return {};
}

ProjectTable ProjectTable::table(std::string_view key) const {
  const std::string brackets = "[" + std::string(key) + "]";
  const toml::node* const node = find(key);
  if (node != nullptr && node->is_table()) return {*node->as_table(), brackets, *problems_};
  if (node != nullptr) problems_->add(*node, "there is one " + brackets + ", in single brackets");
  return {nothing, brackets, *problems_};
}

void ProjectTable::allow_only(std::initializer_list<std::string_view> keys) const {
  std::string names;
  for (const std::string_view key : keys) names += (names.empty() ? "" : ", ") + std::string(key);
  const std::vector<std::string> known(keys.begin(), keys.end());
  for (const auto& [key, node] : *table_) {
    if (std::find(keys.begin(), keys.end(), key.str()) != keys.end()) continue;
    problems_->add(node, name_ + " knows no \"" + std::string(key.str()) + "\"" +
                             did_you_mean(key.str(), known) + "; it knows: " + names);
  }
}

void ProjectTable::wrong(std::string_view key, const std::string& sentence) const {
  const toml::node* const node = find(key);
  problems_->add(node != nullptr ? *node : *table_, sentence);
}

void ProjectTable::wants(std::string_view key, const std::string& type) const {
  wrong(key, "\"" + std::string(key) + "\" in " + name_ + " is " + type);
}

}  // namespace rialto::command
