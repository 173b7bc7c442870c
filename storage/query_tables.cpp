#include "storage/query_tables.h"

namespace rialto {

Result<std::unique_ptr<QueryTables>> QueryTables::create(TableWriter& inner,
                                                         std::vector<TableQuery> queries) {
  std::unique_ptr<QueryTables> made(new QueryTables(inner, std::move(queries)));
  if (made->queries_.empty()) return made;
  auto memory = SqliteTables::in_memory();
  if (!memory) return memory.error();
  made->memory_ = std::move(*memory);
  return made;
}

Result<std::string> QueryTables::begin(const std::string& table,
                                       const std::vector<ExportColumn>& columns) {
  for (const TableQuery& query : queries_) {
    if (query.name != table) continue;
    return Error{ErrorKind::conflict,
                 "there is a table " + table + " already; a query's table is named after its file"};
  }
  if (memory_) {
    if (auto begun = memory_->begin(table, columns); !begun) return begun;
  }
  ++tables_;
  return inner_.begin(table, columns);
}

Result<void> QueryTables::row(std::size_t table, const std::vector<Cell>& cells) {
  if (memory_) {
    if (auto added = memory_->row(table, cells); !added) return added;
  }
  return inner_.row(table, cells);
}

Result<void> QueryTables::finish() {
  for (const TableQuery& query : queries_) {
    if (auto written = write(query); !written) return written;
  }
  memory_.reset();
  return inner_.finish();
}

Result<void> QueryTables::write(const TableQuery& query) {
  auto selected = memory_->select(query.sql);
  if (!selected) {
    return Error{selected.error().kind, query.name + ": " + selected.error().message};
  }
  for (ExportColumn& column : selected->columns) column.meaning = "by the query " + query.name;
  const auto file = inner_.begin(query.name, selected->columns);
  if (!file) return file.error();
  for (const auto& row : selected->rows) {
    if (auto added = inner_.row(tables_, row); !added) return added;
  }
  ++tables_;
  made_.push_back({query.name, *file, selected->rows.size()});
  return {};
}

}  // namespace rialto
