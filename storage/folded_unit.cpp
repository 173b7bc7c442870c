#include "storage/folded_unit.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace rialto {
namespace {

constexpr std::int64_t most_rounds = 1'000;
constexpr std::uint32_t groups_field = 0;  // of a whole app's subsession

std::size_t index_of(ObjectKind kind) { return static_cast<std::size_t>(kind); }

std::size_t place_of(const std::vector<FieldDescription>& fields, std::string_view name) {
  const auto found = std::find_if(fields.begin(), fields.end(),
                                  [&](const auto& field) { return field.name == name; });
  return static_cast<std::size_t>(found - fields.begin());
}

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
    if (is_of_session(change)) continue;
    if (auto taken = take_groups(change); !taken) return taken;
    values_[change.object][change.field] = change.value;
  }
  for (const PageMove& move : record.moves) pages_[move.player] = move.page;
  if (record.player > 0 && record.player < first_seen_.size()) note_player(record);
  ++records_;
  updated_ = record.time;
  return {};
}

// What the server or the experimenter does in somebody's place is no sign of him.
void FoldedUnit::note_player(const Record& record) {
  if (record.code == "dropped") dropped_[record.player] = !record.failed;
  const bool by_others =
      record.code == "away" || record.code == "dropped" || record.code == "advanced";
  if (first_seen_[record.player] == 0 && !by_others) first_seen_[record.player] = record.time;
}

Result<void> FoldedUnit::begin(const Record& record) {
  auto description = parse_unit(record.input);
  if (!description) return corrupt(description.error().message);
  if (description->rounds < 1 || description->rounds > most_rounds) {
    return corrupt("it has " + std::to_string(description->rounds) + " rounds");
  }
  description_ = std::move(*description);
  created_ = record.time;
  for (const ObjectKind kind : all_object_kinds) {
    numbered_[index_of(kind)] = description_.of(kind).fields.size();
  }
  make_objects();
  if (description_.whole) matrix_.resize(static_cast<std::size_t>(description_.rounds));
  pages_.resize(players() + 1);
  first_seen_.resize(players() + 1);
  dropped_.resize(players() + 1);
  return {};
}

void FoldedUnit::make_objects() {
  const auto rounds = static_cast<std::uint32_t>(description_.rounds);
  const std::uint32_t participants = has(ObjectKind::participant) ? players() + 1 : 0;
  auto object = static_cast<std::uint32_t>(values_.size());
  values_.resize(rounds * objects_a_round() + participants);
  for (; object < values_.size(); ++object) {
    if (const auto at = place(object)) {
      values_[object].assign(description_.of(at->kind).fields.size(), "null");
    }
  }
}

Result<void> FoldedUnit::describe(const Record& record) {
  auto newer = parse_unit(record.input);
  if (!newer) return corrupt(newer.error().message);
  const auto differs = [&](const char* what) {
    return corrupt("record " + std::to_string(record.sequence) + " describes other " + what);
  };
  if (newer->players != description_.players) return differs("players");
  if (newer->whole != description_.whole) return differs("groups");
  for (const ObjectKind kind : all_object_kinds) {
    numbered_[index_of(kind)] = newer->of(kind).fields.size();
    rearrange(kind, std::move(newer->of(kind)));
  }
  make_objects();  // an older description may have known of no participants
  description_.pages = std::move(newer->pages);
  description_.ends = std::move(newer->ends);
  description_.roles = std::move(newer->roles);
  return {};
}

// Values keep their fields by name.
void FoldedUnit::rearrange(ObjectKind kind, ObjectDescription newer) {
  ObjectDescription& object = description_.of(kind);
  const std::vector<FieldDescription> before = std::exchange(object, std::move(newer)).fields;
  for (const FieldDescription& field : before) {
    const bool is_removed = place_of(object.fields, field.name) == object.fields.size();
    if (is_removed) object.fields.push_back(field);
  }
  for (std::uint32_t i = 0; i < values_.size(); ++i) {
    const auto at = place(i);
    if (!at || at->kind != kind) continue;
    std::vector<std::string> values;
    for (const FieldDescription& field : object.fields) {
      const std::size_t old = place_of(before, field.name);
      values.push_back(old < before.size() ? std::move(values_[i][old]) : "null");
    }
    values_[i] = std::move(values);
  }
}

Result<void> FoldedUnit::check(const Record& record) const {
  const auto unknown = [&](const std::string& what) {
    return corrupt("record " + std::to_string(record.sequence) + " names a " + what +
                   " that it does not have");
  };
  for (const Change& change : record.changes) {
    if (is_of_session(change)) continue;
    const auto at = place(change.object);
    if (!at) return unknown("player");
    if (change.field >= numbered_[index_of(at->kind)]) return unknown("field");
  }
  for (const LogRow& row : record.rows) {
    const auto at = place(row.object);
    if (!at) return unknown("player");
    if (row.log >= description_.of(at->kind).logs.size()) return unknown("log");
  }
  for (const PageMove& move : record.moves) {
    if (move.player == 0 || move.player > players()) return unknown("player");
  }
  return {};
}

// The groups of a whole app's round are a value like others, and say who sits where.
Result<void> FoldedUnit::take_groups(const Change& change) {
  const auto at = place(change.object);
  if (at->kind != ObjectKind::subsession || change.field != groups_field) return {};
  auto groups = parse_groups(change.value);
  if (!groups) return corrupt(groups.error().message);
  if (groups->size() > players()) return corrupt("it has more groups than players");
  for (const auto& seats : *groups) {
    for (const std::uint32_t seat : seats) {
      if (seat == 0 || seat > players()) {
        return corrupt("a group has a player " + std::to_string(seat));
      }
    }
  }
  matrix_[static_cast<std::size_t>(at->round - 1)] = std::move(*groups);
  return {};
}

std::optional<ObjectPlace> FoldedUnit::place(std::uint32_t object) const {
  const std::uint32_t a_round = objects_a_round();
  const std::uint32_t round = object / a_round;
  const std::uint32_t number = object % a_round;
  if (round >= static_cast<std::uint32_t>(description_.rounds)) {
    const std::uint32_t seat = object - static_cast<std::uint32_t>(description_.rounds) * a_round;
    if (!has(ObjectKind::participant) || seat == 0 || seat > players()) return std::nullopt;
    return ObjectPlace{ObjectKind::participant, 0, seat};
  }
  const std::int64_t at = std::int64_t{round} + 1;
  if (number == 0 && description_.whole) return ObjectPlace{ObjectKind::subsession, at, 0};
  if (number == 0) return ObjectPlace{ObjectKind::group, at, this->number()};
  if (number <= players()) return ObjectPlace{ObjectKind::player, at, number};
  return ObjectPlace{ObjectKind::group, at, number - players()};
}

// What the unit has seen of the session's values, and written into them: the session tells of it.
bool FoldedUnit::is_of_session(const Change& change) const {
  const auto participants = static_cast<std::uint32_t>(description_.rounds) * objects_a_round();
  return has(ObjectKind::participant) && change.object == participants && change.field < 2;
}

std::uint32_t FoldedUnit::object_at(const ObjectPlace& place) const {
  if (place.kind == ObjectKind::participant) {
    return static_cast<std::uint32_t>(description_.rounds) * objects_a_round() + place.number;
  }
  const std::uint32_t first = static_cast<std::uint32_t>(place.round - 1) * objects_a_round();
  if (place.kind == ObjectKind::player) return first + place.number;
  if (place.kind == ObjectKind::subsession || !description_.whole) return first;
  return first + players() + place.number;
}

const std::vector<std::string>& FoldedUnit::values(const ObjectPlace& place) const {
  return values_[object_at(place)];
}

std::string FoldedUnit::value(const ObjectPlace& place, std::string_view field) const {
  if (!has(place.kind)) return "null";
  const std::size_t at = place_of(description_.of(place.kind).fields, field);
  const std::vector<std::string>& all = values(place);
  return at < all.size() ? all[at] : "null";
}

bool FoldedUnit::has(ObjectKind kind) const {
  if (kind == ObjectKind::subsession) return description_.whole;
  return kind != ObjectKind::participant || !description_.of(kind).fields.empty();
}

std::uint32_t FoldedUnit::groups(std::int64_t round) const {
  if (!description_.whole) return 1;
  return static_cast<std::uint32_t>(matrix_[static_cast<std::size_t>(round - 1)].size());
}

std::optional<Seating> FoldedUnit::seating(std::int64_t round, std::uint32_t player) const {
  if (player == 0 || player > players() || round < 1 || round > description_.rounds) return {};
  if (!description_.whole) return Seating{number(), player};
  std::uint32_t group = 0;
  for (const auto& seats : matrix_[static_cast<std::size_t>(round - 1)]) {
    ++group;
    const auto found = std::find(seats.begin(), seats.end(), player);
    if (found == seats.end()) continue;
    return Seating{group, static_cast<std::uint32_t>(found - seats.begin()) + 1};
  }
  return {};
}

bool FoldedUnit::is_at_end(std::uint32_t player) const {
  const PageRef page = pages_[player];
  return page.round == description_.rounds &&
         std::ranges::find(description_.ends, std::size_t{page.position}) !=
             description_.ends.end();
}

std::string FoldedUnit::page_name(PageRef page) const {
  return page.position < description_.pages.size() ? description_.pages[page.position] : "";
}

Error FoldedUnit::corrupt(const std::string& what) const {
  const std::string app = description_.app.empty() ? "" : description_.app + ", ";
  return {ErrorKind::corrupt, "session " + std::to_string(unit_.session()) + ", " + app + "group " +
                                  std::to_string(number()) + ": " + what};
}

}  // namespace rialto
