// One table of a project file that is being read: gives its keys by type and notes what is wrong
// with them. A view of toml++'s table, which outlives it. Guarantee: whatever is noted names the
// file, the line and what is allowed.
#pragma once

#include <toml++/toml.h>

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"

namespace rialto::command {

// What is wrong in one file.
struct Problems {
  std::string file;
  std::string text = {};  // a line each; empty: nothing

  void add(const toml::node& at, const std::string& sentence);
};

// What the project file says, unread. `invalid` with file and line if it is no TOML.
Result<toml::table> parse_project(const std::filesystem::path& file);

// The keys of a table in the file's order; toml++ has them by name.
std::vector<const toml::key*> keys_in_order(const toml::table& table);

class ProjectTable {
 public:
  // `name` is for people: "[money]".
  ProjectTable(const toml::table& table, std::string name, Problems& problems);

  // Nothing if the key is absent, or (noted) of another type.
  std::optional<std::string> text(std::string_view key) const;
  std::optional<bool> truth(std::string_view key) const;
  std::optional<std::int64_t> whole(std::string_view key, std::int64_t lowest,
                                    std::int64_t highest) const;
  std::optional<double> number(std::string_view key) const;
  std::optional<std::vector<std::string>> texts(std::string_view key) const;
  // A name: letters, digits, _ and -. Noted, too, if it is missing.
  std::string name() const;
  // The tables of `[[key]]`.
  std::vector<ProjectTable> tables(std::string_view key) const;
  // The table of `[key]`; an empty one if there is none.
  ProjectTable table(std::string_view key) const;

  // Notes each key that is not among these.
  void allow_only(std::initializer_list<std::string_view> keys) const;
  // Notes a sentence at a key, or at the table if it has no such key.
  void wrong(std::string_view key, const std::string& sentence) const;

  bool has(std::string_view key) const { return table_->contains(key); }
  const toml::table& content() const { return *table_; }
  int line() const { return static_cast<int>(table_->source().begin.line); }

 private:
  const toml::node* find(std::string_view key) const { return table_->get(key); }
  void wants(std::string_view key, const std::string& type) const;

  const toml::table* table_;
  std::string name_;
  Problems* problems_;
};

}  // namespace rialto::command
