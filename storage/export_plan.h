// What the sessions of an export have: which apps, rounds, pages, fields, logs and values, so that
// all tables have all their columns before the first row. Made in a first reading of the records.
// Owned by the export; private to storage/. Guarantee: columns are in the order in which the
// sessions, and in them the units, have them first.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "storage/export_table.h"
#include "storage/folded_unit.h"
#include "storage/questions.h"
#include "storage/result.h"
#include "storage/store.h"
#include "storage/unit_description.h"
#include "storage/unreadable_units.h"

namespace rialto {

// How long an app of a session is; of one that nobody has come to yet, nothing may be known.
struct StageShape {
  bool known = false;
  std::int64_t rounds = 0;
  std::size_t pages = 0;
};

struct SessionPlan {
  std::uint32_t number = 0;
  SessionDescription description;
  Questions questions;
  std::vector<StageShape> shapes;  // of its stages
};

struct AppColumns {
  std::string app;
  std::int64_t rounds = 0;
  FieldColumns player;  // without payoff
  FieldColumns group;
  FieldColumns subsession;
};

struct LogColumns {
  std::string app;
  std::string log;
  ObjectKind owner = ObjectKind::group;
  bool changing = false;  // rows that change and go
  FieldColumns columns;
};

// A value of participants or of configs, whose type is that of the values seen.
struct ValueColumn {
  std::string name;
  std::string type;  // as in ExportColumn
};
// `meaning` is for the codebook.
export_columns::Columns value_columns(const std::vector<ValueColumn>& values,
                                      const std::string& meaning);
// What a session's config has there.
Cell config_cell(const SessionDescription& session, const ValueColumn& column);

struct ExportPlan {
  Personal personal = Personal::leave_out;
  std::vector<SessionPlan> sessions;
  std::vector<AppColumns> apps;
  std::vector<LogColumns> logs;
  FieldColumns groups;   // of all apps
  FieldColumns players;  // of all apps
  std::vector<ValueColumn> vars;
  std::vector<ValueColumn> config;   // of the wide table, which has oTree's
  std::vector<ValueColumn> values;   // of a config, also lists and tables
  std::vector<ValueColumn> written;  // by groups, into their session
  UnreadableUnits unreadable;        // of all sessions

  // The index in `apps`.
  std::size_t app(const std::string& name);
  LogColumns& log(const std::string& app, const LogDescription& log, ObjectKind owner);
};

Result<ExportPlan> plan_export(const Reader& reader, const std::vector<std::uint32_t>& sessions,
                               Personal personal, UnreadableUnits unreadable);

// Reads a session's units one after the other, in order: `on_record` gets each record after the
// unit took it, `on_unit` each unit after its last record. The first error of theirs ends it. Units
// in `unreadable` are passed over; one that turns out to be is added, and has no `on_unit`.
Result<void> read_units(
    const Reader& reader, std::uint32_t number, const SessionDescription& session,
    UnreadableUnits& unreadable,
    const std::function<Result<void>(const FoldedUnit&, const Record&)>& on_record,
    const std::function<Result<void>(FoldedUnit&&)>& on_unit);

// Where participants are who have left the first stage, by their place in the session.
Result<void> read_travels(
    const Reader& reader, const SessionPlan& session,
    const std::function<void(std::size_t participant, TravelDescription&&)>& take);

}  // namespace rialto
