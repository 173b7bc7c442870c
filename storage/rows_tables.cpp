#include "storage/rows_tables.h"

#include <algorithm>

#include "storage/row_owner.h"

namespace rialto {

RowsTables::RowsTables(const ExportPlan& plan,
                       const std::function<std::string(std::string)>& free_name) {
  for (const LogColumns& log : plan.logs) {
    if (!log.changing) continue;
    std::string name = log.app + "_" + log.log;
    const bool is_second =
        log.owner == ObjectKind::player && by_rows_.contains({log.app, log.log, ObjectKind::group});
    if (is_second) name += "_player";
    by_rows_[{log.app, log.log, log.owner}] = tables_.size();
    const std::string what = "column of the rows " + log.log;
    tables_.push_back(
        {ExportTable(free_name(name), export_columns::rows(log.owner), log.columns, what),
         ExportTable(free_name(name + "_changes"), export_columns::row_changes(log.owner),
                     log.columns, what),
         {}});
  }
}

Result<void> RowsTables::add(const ExportedSession& session, const FoldedUnit& unit,
                             const Record& record) {
  for (const LogRow& row : record.rows) {
    const ObjectKind kind = unit.place(row.object)->kind;
    if (!unit.description().of(kind).logs[row.log].changing) continue;
    if (auto added = add(session, unit, record, row); !added) return added;
  }
  return {};
}

Result<void> RowsTables::add(const ExportedSession& session, const FoldedUnit& unit,
                             const Record& record, const LogRow& row) {
  const ObjectPlace owner = *unit.place(row.object);
  const LogDescription& log = unit.description().of(owner.kind).logs[row.log];
  const auto change = parse_row_change(row.values);
  if (!change) return unit.corrupt(change.error().message);
  std::map<std::int64_t, Life>& lives = lives_[{row.object, log.name}];
  const bool is_new = !lives.contains(change->id);
  if (is_new && change->erased) {
    return unit.corrupt("record " + std::to_string(record.sequence) + " erases a row of " +
                        log.name + " that it does not have");
  }
  Life& life = lives[change->id];
  const Moment now{record.sequence, record.time};
  (is_new ? life.added : change->erased ? life.erased : life.changed) = now;
  for (const auto& [column, json] : change->cells) life.cells[column] = json;
  Tables& tables = tables_of(unit, owner.kind, log.name);
  for (const FieldDescription& column : log.columns) {
    const auto same = [&](const FieldDescription& field) { return field.name == column.name; };
    if (std::none_of(tables.fields.begin(), tables.fields.end(), same)) {
      tables.fields.push_back(column);
    }
  }
  ExportTable& table = tables.changes;
  put_owner(table, session, unit, owner);
  table.put(cell::number(change->id));
  put_moment(table, now);
  table.put(cell::text(is_new ? "added" : change->erased ? "erased" : "changed"));
  put_cells(table, tables, life, session.description().decimals);
  return table.end_row();
}

Result<void> RowsTables::finish(const ExportedSession& session, const FoldedUnit& unit) {
  for (const auto& [place, lives] : lives_) {
    const ObjectPlace owner = *unit.place(place.first);
    Tables& tables = tables_of(unit, owner.kind, place.second);
    for (const auto& [id, life] : lives) {
      put_owner(tables.rows, session, unit, owner);
      tables.rows.put(cell::number(id));
      for (const Moment& moment : {life.added, life.changed, life.erased}) {
        put_moment(tables.rows, moment);
      }
      put_cells(tables.rows, tables, life, session.description().decimals);
      if (auto ended = tables.rows.end_row(); !ended) return ended;
    }
  }
  lives_.clear();
  return {};
}

std::vector<ExportTable*> RowsTables::tables() {
  std::vector<ExportTable*> all;
  for (Tables& each : tables_) all.insert(all.end(), {&each.rows, &each.changes});
  return all;
}

RowsTables::Tables& RowsTables::tables_of(const FoldedUnit& unit, ObjectKind owner,
                                          const std::string& rows) {
  return tables_[by_rows_.at({unit.description().app, rows, owner})];
}

void RowsTables::put_moment(ExportTable& table, const Moment& moment) {
  table.put(moment.record == 0 ? Cell() : cell::number(static_cast<std::int64_t>(moment.record)));
  table.put_moment(moment.time);
}

void RowsTables::put_cells(ExportTable& table, const Tables& tables, const Life& life,
                           int decimals) {
  std::vector<std::string> values;
  for (const FieldDescription& field : tables.fields) {
    const auto found = life.cells.find(field.name);
    values.push_back(found == life.cells.end() ? "null" : found->second);
  }
  table.own().put(table.row(), tables.fields, values, decimals);
}

}  // namespace rialto
