// What the first record of a unit says of it, and what a session's entry says of the session, as
// far as an export needs to know (the JSON is in storage/README.md). Plain values; private to
// storage/. Guarantee: text that is not such a description gives `corrupt`, never a crash.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "storage/result.h"

namespace rialto {

struct SessionDescription {
  std::string code;
  std::uint32_t units = 0;
  int decimals = 0;                       // of money
  std::vector<std::string> participants;  // codes, in the order of the session
};

struct FieldDescription {
  std::string name;
  std::string type;
  bool personal = false;
};

struct LogDescription {
  std::string name;
  std::vector<FieldDescription> columns;
};

// Of the group or of the players.
struct ObjectDescription {
  std::vector<FieldDescription> fields;
  std::vector<LogDescription> logs;
};

struct UnitDescription {
  std::string app;
  std::int64_t rounds = 1;
  std::vector<std::string> players;  // participant codes
  std::vector<std::string> pages;
  ObjectDescription group;
  ObjectDescription player;
};

Result<SessionDescription> parse_session(std::string_view json);
Result<UnitDescription> parse_unit(std::string_view json);
// The elements of a JSON array, each as JSON text.
Result<std::vector<std::string>> parse_list(std::string_view json);

}  // namespace rialto
