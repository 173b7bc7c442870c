// One table of an export while it is made: fixed columns, then one for each field that any unit
// has. Owned by the export; private to storage/. Guarantee: a row has as many cells as there are
// columns, and goes to the writer when it ends.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "storage/export_columns.h"
#include "storage/personal.h"
#include "storage/table_writer.h"
#include "storage/unit_description.h"

namespace rialto {

// Columns made of fields, joined by name over the units that have them.
class FieldColumns {
 public:
  explicit FieldColumns(Personal personal = Personal::leave_out) : personal_(personal) {}

  void add(const std::vector<FieldDescription>& fields);
  bool has(const std::string& name) const;
  // `what` they are, for the codebook: "field of the group".
  std::vector<ExportColumn> columns(const std::string& what) const;
  // Cells of these columns, of `values`: JSON text in the order of `fields`. What is not among them
  // stays empty.
  void put(std::vector<Cell>& row, const std::vector<FieldDescription>& fields,
           const std::vector<std::string>& values, int decimals) const;
  void put_nothing(std::vector<Cell>& row) const { row.resize(row.size() + fields_.size()); }

 private:
  Personal personal_;
  std::vector<FieldDescription> fields_;
};

struct ExportedTable {
  std::string name;
  std::string file;
  std::uint64_t rows = 0;  // without the header
};

class ExportTable {
 public:
  ExportTable(std::string name, std::vector<ExportColumn> fixed, FieldColumns own = FieldColumns(),
              std::string what = "");

  FieldColumns& own() { return own_; }
  // Fixed columns first. One of the others that has the name of a fixed one gets a `_`.
  std::vector<ExportColumn> columns() const;
  // As the `number`th table of the writer, which outlives this. No column can be added after it.
  Result<void> begin(TableWriter& writer, std::size_t number);
  const ExportedTable& about() const { return about_; }
  std::uint64_t rows() const { return about_.rows; }
  // Texts that had a NUL, for which U+2400 was written.
  std::uint64_t nuls() const { return nuls_; }

  // The cells of the row that is being made.
  std::vector<Cell>& row() { return row_; }
  void put(Cell cell) { row_.push_back(std::move(cell)); }
  // A moment in two cells, for people and for programs; 0 is none.
  void put_moment(std::int64_t microseconds);
  Result<void> end_row();

 private:
  ExportedTable about_;
  std::vector<ExportColumn> fixed_;
  FieldColumns own_;
  std::string what_;
  std::vector<Cell> row_;
  TableWriter* writer_ = nullptr;
  std::size_t number_ = 0;
  std::uint64_t nuls_ = 0;
};

}  // namespace rialto
