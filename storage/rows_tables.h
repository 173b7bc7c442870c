// The tables of the games' rows that change while they are made, two for each: APP_ROWS has a row
// for each that there ever was, as it was last; APP_ROWS_changes one for each time it was added,
// changed or erased, as it was then. Owned by the export; private to storage/.
// Limitation: the rows of one unit are in memory.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class RowsTables {
 public:
  // `free_name` makes a name that no other table has.
  RowsTables(const ExportPlan& plan, const std::function<std::string(std::string)>& free_name);

  // The changes of a record, in order.
  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record);
  // After the unit's last record: its rows.
  Result<void> finish(const ExportedSession& session, const FoldedUnit& unit);
  std::vector<ExportTable*> tables();

 private:
  struct Moment {
    std::uint64_t record = 0;  // 0: never
    std::int64_t time = 0;
  };
  struct Life {
    std::map<std::string, std::string> cells;  // JSON text, by column
    Moment added, changed, erased;
  };
  struct Tables {
    ExportTable rows;
    ExportTable changes;
    std::vector<FieldDescription> fields;  // all that any description has
  };
  // Of one Rows in the unit: its object, its name.
  using Place = std::pair<std::uint32_t, std::string>;

  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record,
                   const LogRow& row);
  Tables& tables_of(const FoldedUnit& unit, ObjectKind owner, const std::string& rows);
  static void put_moment(ExportTable& table, const Moment& moment);
  static void put_cells(ExportTable& table, const Tables& tables, const Life& life, int decimals);

  std::vector<Tables> tables_;
  std::map<std::tuple<std::string, std::string, ObjectKind>, std::size_t> by_rows_;
  std::map<Place, std::map<std::int64_t, Life>> lives_;  // by id
};

}  // namespace rialto
