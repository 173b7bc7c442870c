#include "storage/log_tables.h"

#include "storage/row_owner.h"

namespace rialto {

LogTables::LogTables(const ExportPlan& plan,
                     const std::function<std::string(std::string)>& free_name) {
  for (const LogColumns& log : plan.logs) {
    if (log.changing) continue;
    std::string name = log.app + "_" + log.log;
    // A log of the group and one of the players may have the same name.
    const bool is_second =
        log.owner == ObjectKind::player && by_log_.contains({log.app, log.log, ObjectKind::group});
    if (is_second) name += "_player";
    by_log_[{log.app, log.log, log.owner}] = tables_.size();
    tables_.emplace_back(free_name(name), export_columns::log(log.owner), log.columns,
                         "column of the log " + log.log);
  }
}

Result<void> LogTables::add(const ExportedSession& session, const FoldedUnit& unit,
                            const Record& record) {
  for (const LogRow& row : record.rows) {
    const ObjectKind kind = unit.place(row.object)->kind;
    if (unit.description().of(kind).logs[row.log].changing) continue;
    if (auto added = add(session, unit, record, row); !added) return added;
  }
  return {};
}

Result<void> LogTables::add(const ExportedSession& session, const FoldedUnit& unit,
                            const Record& record, const LogRow& row) {
  const ObjectPlace owner = *unit.place(row.object);
  const LogDescription& log = unit.description().of(owner.kind).logs[row.log];
  const auto values = parse_list(row.values);
  if (!values) return unit.corrupt(values.error().message);
  ExportTable& table = table_of(unit.description().app, log.name, owner.kind);
  put_owner(table, session, unit, owner);
  table.put(cell::number(static_cast<std::int64_t>(record.sequence)));
  table.put_moment(record.time);
  table.own().put(table.row(), log.columns, *values, session.description().decimals);
  return table.end_row();
}

ExportTable& LogTables::table_of(const std::string& app, const std::string& log, ObjectKind owner) {
  return tables_[by_log_.at({app, log, owner})];
}

}  // namespace rialto
