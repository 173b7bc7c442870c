#include "storage/unit_description.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <utility>

namespace rialto {
namespace {

using Json = nlohmann::ordered_json;  // objects leave as they came

std::vector<FieldDescription> fields_of(const Json& list) {
  std::vector<FieldDescription> fields;
  for (const Json& field : list) {
    fields.push_back({field.at("name"), field.at("type"), field.value("personal", false)});
  }
  return fields;
}

std::vector<LogDescription> logs_of(const Json& list) {
  std::vector<LogDescription> logs;
  for (const Json& entry : list) {
    LogDescription& log = logs.emplace_back();
    log.name = entry.at("name");
    const Json& types = entry.at("types");
    for (const Json& column : entry.at("columns")) {
      log.columns.push_back({column, types.at(log.columns.size())});
    }
  }
  return logs;
}

ObjectDescription object_of(const Json& unit, const char* name) {
  const Json none = Json::object();
  return {fields_of(unit.value("fields", none).value(name, Json::array())),
          logs_of(unit.value("logs", none).value(name, Json::array()))};
}

// `read` throws where the JSON is not what it should be.
template <class Read>
auto guarded(const char* what, Read read) -> Result<decltype(read())> {
  try {
    return read();
  } catch (const Json::exception& error) {
    return Error{ErrorKind::corrupt, std::string("not a ") + what + ": " + error.what()};
  }
}

}  // namespace

Result<SessionDescription> parse_session(std::string_view json) {
  return guarded("session's description", [&] {
    const Json session = Json::parse(json);
    std::uint32_t units = 0;
    std::vector<std::string> codes;
    for (const Json& participant : session.at("participants")) {
      codes.push_back(participant.at("code"));
      units = std::max(units, participant.at("unit").get<std::uint32_t>() + 1);
    }
    return SessionDescription{session.at("code"), session.value("units", units),
                              session.value("decimals", 0), std::move(codes)};
  });
}

Result<UnitDescription> parse_unit(std::string_view json) {
  return guarded("group's description", [&] {
    const Json unit = Json::parse(json);
    UnitDescription description;
    description.app = unit.at("app");
    description.rounds = unit.value("rounds", std::int64_t{1});
    description.players = unit.at("players");
    description.pages = unit.value("pages", std::vector<std::string>());
    description.group = object_of(unit, "group");
    description.player = object_of(unit, "player");
    return description;
  });
}

Result<std::vector<std::string>> parse_list(std::string_view json) {
  return guarded("log's row", [&] {
    std::vector<std::string> elements;
    for (const Json& element : Json::parse(json)) elements.push_back(element.dump());
    return elements;
  });
}

}  // namespace rialto
