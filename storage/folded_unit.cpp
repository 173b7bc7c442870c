#include "storage/folded_unit.h"

#include <utility>

namespace rialto {

Result<void> FoldedUnit::apply(const Record& record) {
  if (record.sequence != records_ + 1) {
    return corrupt("record " + std::to_string(records_ + 1) + " is missing");
  }
  if (records_ == 0) {
    if (auto begun = begin(record); !begun) return begun;
  }
  if (auto fits = check(record); !fits) return fits;
  for (const Change& change : record.changes) values_[change.object][change.field] = change.value;
  for (const PageMove& move : record.moves) pages_[move.player] = move.page;
  ++records_;
  updated_ = record.time;
  return {};
}

Result<void> FoldedUnit::begin(const Record& record) {
  auto description = parse_unit(record.input);
  if (!description) return corrupt(description.error().message);
  description_ = std::move(*description);
  created_ = record.time;
  values_.emplace_back(description_.group.fields.size(), "null");
  values_.resize(1 + description_.players.size(),
                 std::vector<std::string>(description_.player.fields.size(), "null"));
  pages_.resize(values_.size());
  return {};
}

Result<void> FoldedUnit::check(const Record& record) const {
  const auto unknown = [&](const std::string& what) {
    return corrupt("record " + std::to_string(record.sequence) + " names a " + what +
                   " that the group does not have");
  };
  for (const Change& change : record.changes) {
    if (change.object >= values_.size()) return unknown("player");
    if (change.field >= values_[change.object].size()) return unknown("field");
  }
  for (const LogRow& row : record.rows) {
    if (row.object >= values_.size()) return unknown("player");
    if (row.log >= object(row.object).logs.size()) return unknown("log");
  }
  for (const PageMove& move : record.moves) {
    if (move.player == 0 || move.player >= values_.size()) return unknown("player");
  }
  return {};
}

std::string FoldedUnit::page_name(PageRef page) const {
  return page.position < description_.pages.size() ? description_.pages[page.position] : "";
}

Error FoldedUnit::corrupt(const std::string& what) const {
  return {ErrorKind::corrupt, "session " + std::to_string(unit_.session()) + ", group " +
                                  std::to_string(number()) + ": " + what};
}

}  // namespace rialto
