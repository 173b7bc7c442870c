// What the first record of a unit says of it, and what a session's entry says of the session, as
// far as an export needs to know (the JSON is in storage/README.md). Plain values; private to
// storage/. Guarantee: text that is not such a description gives `corrupt`, never a crash.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "storage/result.h"

namespace rialto {

// An app of a session: its place in the session's order is its stage.
struct StageDescription {
  std::string app;
  std::uint32_t first_unit = 0;
  std::uint32_t group_size = 1;
};

struct SessionDescription {
  std::uint32_t number = 0;
  std::string code;
  std::string config;   // its name; of an old session the app's
  std::string label;    // for the experimenter; may be empty
  std::string comment;  // the same
  bool demo = false;
  bool bots = false;
  bool closed = false;
  std::int64_t created = 0;     // microseconds since 1970
  std::string room;             // whose session it is; may be empty
  bool personal_apart = false;  // what is personal stands apart in all of its records
  int decimals = 0;             // of money
  int currency_decimals = 0;    // of what is paid
  std::vector<std::pair<std::string, std::string>> values;   // of the config: key, JSON text
  std::vector<std::pair<std::string, std::string>> written;  // by groups: name, JSON text
  std::vector<StageDescription> stages;
  std::vector<std::string> participants;  // codes, in the order of the session

  // JSON text of the config's value; "null" if it has none.
  const std::string& value(std::string_view key) const;
  // The stage that a unit belongs to, by its index in the session.
  std::size_t stage_of(std::uint32_t unit) const;
  // How many units it has, of all stages.
  std::uint32_t units() const;
};

struct FieldDescription {
  std::string name;
  std::string type;
  bool personal = false;
  std::string question = {};  // what a form asks for it; may be empty
  std::string values = {};    // what its values stand for: "1 = Yes; 2 = No"; may be empty
};

struct LogDescription {
  std::string name;
  bool changing = false;  // rows that change and go, not a log
  std::vector<FieldDescription> columns;
};

enum class ObjectKind : std::uint8_t { subsession, group, player, participant };
inline constexpr std::array all_object_kinds{ObjectKind::subsession, ObjectKind::group,
                                             ObjectKind::player, ObjectKind::participant};

// Of all objects of one kind.
struct ObjectDescription {
  std::vector<FieldDescription> fields;
  std::vector<LogDescription> logs;
};

struct UnitDescription {
  std::string app;
  bool whole = false;  // all groups of the app
  std::int64_t rounds = 1;
  std::vector<std::string> players;  // participant codes
  std::vector<std::string> pages;
  std::vector<std::size_t> ends;   // pages of the last round that nobody needs to leave
  std::vector<std::string> roles;  // by id_in_group; may be empty
  std::array<ObjectDescription, 4> objects;

  ObjectDescription& of(ObjectKind kind) { return objects[static_cast<std::size_t>(kind)]; }
  const ObjectDescription& of(ObjectKind kind) const {
    return objects[static_cast<std::size_t>(kind)];
  }
};

// What a participant who has left the first stage carries.
struct TravelDescription {
  std::size_t stage = 0;
  std::string vars;  // JSON text
};

Result<SessionDescription> parse_session(std::string_view json);
Result<UnitDescription> parse_unit(std::string_view json);
Result<TravelDescription> parse_travel(std::string_view json);
// The elements of a JSON array, each as JSON text.
Result<std::vector<std::string>> parse_list(std::string_view json);
// A change of a row: [id,{column: value,…}], or [id] where it was erased.
struct RowChange {
  std::int64_t id = 0;
  bool erased = false;
  std::vector<std::pair<std::string, std::string>> cells;  // JSON text, by column
};
Result<RowChange> parse_row_change(std::string_view json);
// The members of a JSON object, each with its value as JSON text; none of what is no object.
std::vector<std::pair<std::string, std::string>> members_of(std::string_view json);
// Seats by group: [[1,3],[2]].
Result<std::vector<std::vector<std::uint32_t>>> parse_groups(std::string_view json);

}  // namespace rialto
