#include "storage/export_plan.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "storage/keys.h"
#include "storage/personal_part.h"

namespace rialto {
namespace {

// As oTree, which leaves these out of what it exports of a config.
constexpr std::array<std::string_view, 6> not_exported{
    "name", "display_name", "app_sequence", "num_demo_participants", "doc", "num_participants"};
// These come first, as oTree has them.
constexpr std::array<std::string_view, 2> first_values{"participation_fee",
                                                       "real_world_currency_per_point"};

std::string type_of(std::string_view json) {
  if (json == "true" || json == "false") return "boolean";
  if (json.starts_with('"')) return "text";
  if (json.starts_with('{') || json.starts_with('[')) return "json";
  return "number";
}

void add_value(std::vector<ValueColumn>& columns, const std::string& name, std::string_view json) {
  const auto found = std::find_if(columns.begin(), columns.end(),
                                  [&](const ValueColumn& column) { return column.name == name; });
  if (found == columns.end()) {
    columns.push_back({name, json == "null" ? "" : type_of(json)});
  } else if (json != "null" && found->type != type_of(json)) {
    found->type = found->type.empty() ? type_of(json) : "json";
  }
}

void add_vars(ExportPlan& plan, std::string_view vars) {
  for (const auto& [name, json] : members_of(vars)) add_value(plan.vars, name, json);
}

bool is_exported(const std::string& name) {
  return std::find(not_exported.begin(), not_exported.end(), name) == not_exported.end();
}

void add_config(ExportPlan& plan, const SessionDescription& session) {
  for (const std::string_view name : first_values) {
    const std::string& json = session.value(name);
    if (json == "null") continue;
    add_value(plan.config, std::string(name), json);
    add_value(plan.values, std::string(name), json);
  }
  for (const auto& [name, json] : session.values) {
    if (!is_exported(name)) continue;
    add_value(plan.values, name, json);
    if (type_of(json) != "json") add_value(plan.config, name, json);
  }
}

std::vector<FieldDescription> without(const std::vector<FieldDescription>& fields,
                                      std::string_view name) {
  std::vector<FieldDescription> others;
  for (const FieldDescription& field : fields) {
    if (field.name != name) others.push_back(field);
  }
  return others;
}

void add_logs(ExportPlan& plan, const UnitDescription& unit) {
  for (const ObjectKind kind : all_object_kinds) {
    for (const LogDescription& log : unit.of(kind).logs) {
      plan.log(unit.app, log, kind).columns.add(log.columns);
    }
  }
}

// A unit may be described anew at any record.
void add_unit(ExportPlan& plan, SessionPlan& session, const FoldedUnit& folded) {
  const UnitDescription& unit = folded.description();
  StageShape& shape = session.shapes[session.description.stage_of(folded.id().index())];
  shape = {true, unit.rounds, unit.pages.size()};
  AppColumns& app = plan.apps[plan.app(unit.app)];
  app.rounds = std::max(app.rounds, unit.rounds);
  const auto players = session.questions.asked(unit, ObjectKind::player);
  const auto groups = session.questions.asked(unit, ObjectKind::group);
  app.player.add(without(players, "payoff"));
  app.group.add(groups);
  app.subsession.add(without(unit.of(ObjectKind::subsession).fields, "groups"));
  plan.groups.add(groups);
  plan.players.add(players);
  add_logs(plan, unit);
}

// What groups have written into their session.
Result<void> add_written(ExportPlan& plan, const Reader& reader, SessionPlan& session) {
  const auto state = reader.get(keys::session_state(session.number));
  if (!state && state.error().kind == ErrorKind::not_found) return {};
  if (!state) return state.error();
  for (const auto& [part, json] : members_of(*state)) {
    if (part == "values") session.description.written = members_of(json);
  }
  for (const auto& [name, json] : session.description.written) add_value(plan.written, name, json);
  return {};
}

Result<void> add_session(ExportPlan& plan, const Reader& reader, std::uint32_t number) {
  const auto stored = reader.get(keys::session(number));
  if (!stored) return stored.error();
  auto description = parse_session(*stored);
  if (!description) return description.error();
  SessionPlan& session = plan.sessions.emplace_back();
  session.number = number;
  session.description = std::move(*description);
  auto questions = read_questions(reader, number);
  if (!questions) return questions.error();
  session.questions = std::move(*questions);
  if (auto read = add_written(plan, reader, session); !read) return read;
  session.shapes.resize(session.description.stages.size());
  for (const StageDescription& stage : session.description.stages) plan.app(stage.app);
  add_config(plan, session.description);
  auto read = read_units(
      reader, number, session.description, plan.unreadable,
      [&](const FoldedUnit& unit, const Record& record) -> Result<void> {
        const bool describes = record.sequence == 1 || record.kind == RecordKind::described;
        if (describes) add_unit(plan, session, unit);
        return {};
      },
      [&](FoldedUnit&& unit) -> Result<void> {
        for (std::uint32_t seat = 1; seat <= unit.players(); ++seat) {
          add_vars(plan, unit.value({ObjectKind::participant, 0, seat}, "vars"));
        }
        return {};
      });
  if (!read) return read;
  return read_travels(reader, session, [&](std::size_t, TravelDescription&& travel) {
    add_vars(plan, travel.vars);
  });
}

}  // namespace

export_columns::Columns value_columns(const std::vector<ValueColumn>& values,
                                      const std::string& meaning) {
  export_columns::Columns columns;
  for (const ValueColumn& value : values) {
    columns.push_back({value.name, value.type.empty() ? "text" : value.type, meaning, ""});
  }
  return columns;
}

Cell config_cell(const SessionDescription& session, const ValueColumn& column) {
  const std::string& json = session.value(column.name);
  const bool is_money = column.name == "participation_fee";
  return is_money ? cell::stored("money", json, session.currency_decimals) : cell::json(json);
}

std::size_t ExportPlan::app(const std::string& name) {
  const auto found = std::find_if(apps.begin(), apps.end(),
                                  [&](const AppColumns& each) { return each.app == name; });
  const auto at = static_cast<std::size_t>(found - apps.begin());
  if (found == apps.end()) {
    apps.push_back(
        {name, 0, FieldColumns(personal), FieldColumns(personal), FieldColumns(personal)});
  }
  return at;
}

LogColumns& ExportPlan::log(const std::string& app, const LogDescription& log, ObjectKind owner) {
  const auto found = std::find_if(logs.begin(), logs.end(), [&](const LogColumns& each) {
    return each.app == app && each.log == log.name && each.owner == owner &&
           each.changing == log.changing;
  });
  if (found != logs.end()) return *found;
  return logs.emplace_back(LogColumns{app, log.name, owner, log.changing, FieldColumns(personal)});
}

Result<ExportPlan> plan_export(const Reader& reader, const std::vector<std::uint32_t>& sessions,
                               Personal personal, UnreadableUnits unreadable) {
  ExportPlan plan;
  plan.personal = personal;
  plan.unreadable = std::move(unreadable);
  plan.groups = FieldColumns(personal);
  plan.players = FieldColumns(personal);
  for (const std::uint32_t number : sessions) {
    if (auto can = check_session(reader, number, personal); !can) {
      if (can.error().kind != ErrorKind::corrupt) return can.error();
      if (sessions.size() == 1) return cannot_be_read(can.error());
      plan.unreadable.emplace(whole_session(number), can.error().message);
      continue;
    }
    if (auto added = add_session(plan, reader, number); !added) return added.error();
  }
  return plan;
}

Result<void> read_units(
    const Reader& reader, std::uint32_t number, const SessionDescription& session,
    UnreadableUnits& unreadable,
    const std::function<Result<void>(const FoldedUnit&, const Record&)>& on_record,
    const std::function<Result<void>(FoldedUnit&&)>& on_unit) {
  std::optional<FoldedUnit> unit;
  Result<void> outcome;
  // What is wrong with a unit's data is its own, what is wrong with the files written ends it all.
  const auto settle = [&](UnitId id, Result<void> done) {
    if (!done && done.error().kind == ErrorKind::corrupt) {
      unreadable.emplace(id, done.error().message);
    } else {
      outcome = std::move(done);
    }
  };
  const auto finish = [&] {
    if (!unit) return;
    const UnitId id = unit->id();
    if (!unreadable.contains(id)) settle(id, on_unit(std::move(*unit)));
    unit.reset();
  };
  const auto take = [&](std::string_view key, std::string_view value) {
    const UnitId id = keys::unit_of(key);
    if (!unit || unit->id() != id) {
      finish();
      if (!outcome) return false;
      unit.emplace(id, session.stages[session.stage_of(id.index())].first_unit);
    }
    const auto records = read_records(reader, id, value);
    if (!records) unreadable.emplace(id, unit->corrupt(records.error().message).message);
    for (std::size_t i = 0; records && i < records->size(); ++i) {
      const Record& record = (*records)[i];
      settle(id, unit->apply(record));
      if (!unreadable.contains(id)) settle(id, on_record(*unit, record));
      if (!outcome || unreadable.contains(id)) break;
    }
    return bool{outcome};
  };
  auto scanned = scan_units(reader, number, session, keys::records, unreadable, take);
  if (!scanned) return scanned;
  if (outcome) finish();
  return outcome;
}

Result<void> read_travels(
    const Reader& reader, const SessionPlan& session,
    const std::function<void(std::size_t participant, TravelDescription&&)>& take) {
  Result<void> outcome;
  const auto visit = [&](std::string_view key, std::string_view json) {
    const std::uint32_t participant = keys::participant_of(key);
    auto travel = parse_travel(json);
    if (travel && participant < session.description.participants.size()) {
      take(participant, std::move(*travel));
    } else if (!travel) {
      outcome = Error{ErrorKind::corrupt,
                      "session " + session.description.code + ": " + travel.error().message};
    }
    return bool{outcome};
  };
  auto scanned =
      reader.scan(keys::travels_begin(session.number), keys::travels_end(session.number), visit);
  return scanned ? outcome : scanned;
}

}  // namespace rialto
