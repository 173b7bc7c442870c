// Tables of one SQLite database, with columns that have their types: INTEGER, REAL, TEXT. Owned by
// who exports; used on one thread; `folder` outlives it.
// Guarantee: all rows are in one transaction, done when `finish` is. Limitations: a table of more
// columns than SQLite can have is left out, and told of; decimals become binary numbers.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "storage/export_folder.h"
#include "storage/table_writer.h"

struct sqlite3;
struct sqlite3_stmt;

namespace rialto {

// The rows of a query; columns have the types their values have.
struct SelectedRows {
  std::vector<ExportColumn> columns;
  std::vector<std::vector<Cell>> rows;
};

class SqliteTables final : public TableWriter {
 public:
  // `name` of the file: "k3j9x2ab.sqlite".
  static Result<std::unique_ptr<SqliteTables>> create(ExportFolder& folder,
                                                      const std::string& name);
  // In no file, to be asked by `select`.
  static Result<std::unique_ptr<SqliteTables>> in_memory();
  ~SqliteTables() override;

  Result<std::string> begin(const std::string& table,
                            const std::vector<ExportColumn>& columns) override;
  Result<void> row(std::size_t table, const std::vector<Cell>& cells) override;
  Result<void> finish() override;
  std::vector<std::string> left_out() const override { return left_out_; }
  // Of one SELECT over all tables so far; `invalid` with SQLite's sentence.
  Result<SelectedRows> select(const std::string& sql);

 private:
  SqliteTables(std::string name) : name_(std::move(name)) {}
  Result<void> open(const std::string& path);
  Result<void> run(const std::string& statement);
  Error failed() const;
  void close();

  const std::string name_;
  sqlite3* database_ = nullptr;
  std::vector<sqlite3_stmt*> inserts_;  // of each table; none of one that is left out
  std::vector<std::string> left_out_;
};

}  // namespace rialto
