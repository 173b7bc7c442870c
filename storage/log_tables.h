// The tables of the games' logs while they are made: one for each log, a row for each of its rows;
// rows that change are rows_tables.h's.
// Owned by the export; private to storage/.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class LogTables {
 public:
  // `free_name` makes a name that no other table has.
  LogTables(const ExportPlan& plan, const std::function<std::string(std::string)>& free_name);

  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record);
  std::vector<ExportTable>& tables() { return tables_; }

 private:
  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record,
                   const LogRow& row);
  ExportTable& table_of(const std::string& app, const std::string& log, ObjectKind owner);

  std::vector<ExportTable> tables_;
  std::map<std::tuple<std::string, std::string, ObjectKind>, std::size_t> by_log_;
};

}  // namespace rialto
