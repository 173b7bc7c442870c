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
    log.changing = entry.value("changing", false);
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

std::vector<std::pair<std::string, std::string>> members_of(const Json& object) {
  std::vector<std::pair<std::string, std::string>> members;
  if (!object.is_object()) return members;
  for (const auto& [key, value] : object.items()) members.emplace_back(key, value.dump());
  return members;
}

std::string text_of(const Json& session, const char* key) {
  const auto found = session.find(key);
  return found != session.end() && found->is_string() ? found->get<std::string>() : "";
}

// A session of one app has no list of them.
std::vector<StageDescription> stages_of(const Json& session) {
  std::vector<StageDescription> stages;
  for (const Json& stage : session.value("apps", Json::array())) {
    stages.push_back({stage.at("app"), stage.at("first_unit"), stage.value("group_size", 1U)});
  }
  if (stages.empty()) stages.push_back({text_of(session, "app")});
  return stages;
}

}  // namespace

const std::string& SessionDescription::value(std::string_view key) const {
  static const std::string null = "null";
  const auto found = std::find_if(values.begin(), values.end(),
                                  [&](const auto& value) { return value.first == key; });
  return found == values.end() ? null : found->second;
}

std::uint32_t SessionDescription::units() const {
  if (stages.empty()) return 0;
  const auto players = static_cast<std::uint32_t>(participants.size());
  const std::uint32_t size = std::max(stages.back().group_size, 1U);
  return stages.back().first_unit + (players + size - 1) / size;
}

std::size_t SessionDescription::stage_of(std::uint32_t unit) const {
  std::size_t stage = 0;
  while (stage + 1 < stages.size() && stages[stage + 1].first_unit <= unit) ++stage;
  return stage;
}

Result<SessionDescription> parse_session(std::string_view json) {
  return guarded("session's description", [&] {
    const Json session = Json::parse(json);
    SessionDescription description;
    description.number = session.value("number", 0U);
    description.code = session.at("code");
    description.config = text_of(session, "config");
    if (description.config.empty()) description.config = text_of(session, "app");
    description.label = text_of(session, "label");
    description.comment = text_of(session, "comment");
    description.demo = session.value("demo", false);
    description.bots = session.value("bots", false);
    description.closed = session.value("closed", false);
    description.created = session.value("created", std::int64_t{0});
    description.room = text_of(session, "room");
    description.personal_apart = session.value("personal_apart", false);
    description.decimals = session.value("decimals", 0);
    description.currency_decimals = session.value("currency_decimals", description.decimals);
    description.values = members_of(session.value("values", Json::object()));
    description.stages = stages_of(session);
    for (const Json& participant : session.at("participants")) {
      description.participants.push_back(participant.at("code"));
    }
    return description;
  });
}

Result<UnitDescription> parse_unit(std::string_view json) {
  return guarded("unit's description", [&] {
    const Json unit = Json::parse(json);
    UnitDescription description;
    description.app = unit.at("app");
    description.whole = unit.value("whole", false);
    description.rounds = unit.value("rounds", std::int64_t{1});
    description.players = unit.at("players");
    description.pages = unit.value("pages", std::vector<std::string>());
    description.ends = unit.value("ends", std::vector<std::size_t>());
    description.roles = unit.value("roles", std::vector<std::string>());
    description.of(ObjectKind::subsession) = object_of(unit, "subsession");
    description.of(ObjectKind::group) = object_of(unit, "group");
    description.of(ObjectKind::player) = object_of(unit, "player");
    description.of(ObjectKind::participant) = object_of(unit, "participant");
    return description;
  });
}

Result<TravelDescription> parse_travel(std::string_view json) {
  return guarded("participant's travel", [&] {
    const Json travel = Json::parse(json);
    return TravelDescription{travel.at("stage"), travel.value("vars", Json::object()).dump()};
  });
}

Result<std::vector<std::string>> parse_list(std::string_view json) {
  return guarded("log's row", [&] {
    std::vector<std::string> elements;
    for (const Json& element : Json::parse(json)) elements.push_back(element.dump());
    return elements;
  });
}

Result<RowChange> parse_row_change(std::string_view json) {
  return guarded("row's change", [&] {
    const Json change = Json::parse(json);
    RowChange read{change.at(0).get<std::int64_t>(), change.size() == 1, {}};
    if (!read.erased) read.cells = members_of(change.at(1));
    return read;
  });
}

std::vector<std::pair<std::string, std::string>> members_of(std::string_view json) {
  return members_of(Json::parse(json, nullptr, false));
}

Result<std::vector<std::vector<std::uint32_t>>> parse_groups(std::string_view json) {
  return guarded("list of groups", [&] {
    const Json groups = Json::parse(json);
    return groups.is_null() ? std::vector<std::vector<std::uint32_t>>()
                            : groups.get<std::vector<std::vector<std::uint32_t>>>();
  });
}

}  // namespace rialto
