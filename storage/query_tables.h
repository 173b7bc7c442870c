// One's own tables of an export: what a SELECT of SQL makes of all the others, as one more table of
// the same kind of file. A TableWriter around another one, which outlives it; on one thread.
// Guarantee: the other tables go on as they are. Limitation: they stand in memory, too, until the
// end; decimals are binary numbers there, so that 3.10 comes out as 3.1.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/export_table.h"
#include "storage/sqlite_tables.h"
#include "storage/table_writer.h"

namespace rialto {

struct TableQuery {
  std::string name;  // of the table
  std::string sql;   // one SELECT
};

class QueryTables final : public TableWriter {
 public:
  static Result<std::unique_ptr<QueryTables>> create(TableWriter& inner,
                                                     std::vector<TableQuery> queries);

  Result<std::string> begin(const std::string& table,
                            const std::vector<ExportColumn>& columns) override;
  Result<void> row(std::size_t table, const std::vector<Cell>& cells) override;
  // Runs the queries; `invalid` with SQLite's sentence where one is wrong.
  Result<void> finish() override;
  std::vector<std::string> left_out() const override { return inner_.left_out(); }

  // What they made, after `finish`.
  const std::vector<ExportedTable>& made() const { return made_; }

 private:
  QueryTables(TableWriter& inner, std::vector<TableQuery> queries)
      : inner_(inner), queries_(std::move(queries)) {}
  Result<void> write(const TableQuery& query);

  TableWriter& inner_;
  std::vector<TableQuery> queries_;
  std::unique_ptr<SqliteTables> memory_;
  std::size_t tables_ = 0;
  std::vector<ExportedTable> made_;
};

}  // namespace rialto
