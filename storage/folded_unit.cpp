#include "storage/folded_unit.h"

#include <algorithm>
#include <utility>

namespace rialto {
namespace {

constexpr std::int64_t most_rounds = 1'000;

}  // namespace

Result<void> FoldedUnit::apply(const Record& record) {
  if (record.sequence != records_ + 1) {
    return corrupt("record " + std::to_string(records_ + 1) + " is missing");
  }
  if (records_ == 0) {
    if (auto begun = begin(record); !begun) return begun;
  } else if (record.kind == RecordKind::described) {
    if (auto described = describe(record); !described) return described;
  }
  if (auto fits = check(record); !fits) return fits;
  for (const Change& change : record.changes) {
    if (!is_participant(change.object)) values_[change.object][change.field] = change.value;
  }
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
  if (description_.rounds < 1 || description_.rounds > most_rounds) {
    return corrupt("it has " + std::to_string(description_.rounds) + " rounds");
  }
  for (std::int64_t round = 1; round <= description_.rounds; ++round) {
    values_.emplace_back(description_.group.fields.size(), "null");
    values_.resize(values_.size() + description_.players.size(),
                   std::vector<std::string>(description_.player.fields.size(), "null"));
  }
  numbered_[0] = description_.group.fields.size();
  numbered_[1] = description_.player.fields.size();
  pages_.resize(objects_a_round());
  return {};
}

Result<void> FoldedUnit::describe(const Record& record) {
  auto newer = parse_unit(record.input);
  if (!newer) return corrupt(newer.error().message);
  if (newer->players != description_.players) {
    return corrupt("record " + std::to_string(record.sequence) + " describes other players");
  }
  numbered_[0] = newer->group.fields.size();
  numbered_[1] = newer->player.fields.size();
  rearrange(description_.group, std::move(newer->group), true);
  rearrange(description_.player, std::move(newer->player), false);
  description_.pages = std::move(newer->pages);
  return {};
}

// Values keep their fields by name.
void FoldedUnit::rearrange(ObjectDescription& object, ObjectDescription newer, bool of_groups) {
  const std::vector<FieldDescription> before = std::exchange(object, std::move(newer)).fields;
  const auto place = [](const auto& fields, const std::string& name) {
    const auto found = std::find_if(fields.begin(), fields.end(),
                                    [&](const auto& field) { return field.name == name; });
    return static_cast<std::size_t>(found - fields.begin());
  };
  for (const FieldDescription& field : before) {
    const bool is_removed = place(object.fields, field.name) == object.fields.size();
    if (is_removed) object.fields.push_back(field);
  }
  for (std::uint32_t i = 0; i < values_.size(); ++i) {
    if (is_group(i) != of_groups) continue;
    std::vector<std::string> values;
    for (const FieldDescription& field : object.fields) {
      const std::size_t old = place(before, field.name);
      values.push_back(old < before.size() ? std::move(values_[i][old]) : "null");
    }
    values_[i] = std::move(values);
  }
}

// After the last round's players come the participants.
bool FoldedUnit::is_participant(std::uint32_t object) const {
  return object > values_.size() && object < values_.size() + pages_.size();
}

Result<void> FoldedUnit::check(const Record& record) const {
  const auto unknown = [&](const std::string& what) {
    return corrupt("record " + std::to_string(record.sequence) + " names a " + what +
                   " that the group does not have");
  };
  for (const Change& change : record.changes) {
    if (is_participant(change.object)) continue;
    if (change.object >= values_.size()) return unknown("player");
    if (change.field >= numbered_[is_group(change.object) ? 0 : 1]) return unknown("field");
  }
  for (const LogRow& row : record.rows) {
    if (row.object >= values_.size()) return unknown("player");
    if (row.log >= object(row.object).logs.size()) return unknown("log");
  }
  for (const PageMove& move : record.moves) {
    if (move.player == 0 || move.player >= pages_.size()) return unknown("player");
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
