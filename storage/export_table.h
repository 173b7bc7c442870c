// One file of an export while it is made: fixed columns, then one for each field that any group
// has. Owned by the export; private to storage/. Guarantee: a row has as many cells as the header;
// personal fields have no column.
#pragma once

#include <string>
#include <vector>

#include "storage/export.h"
#include "storage/unit_description.h"

namespace rialto {

class ExportTable {
 public:
  ExportTable(std::string file, std::vector<std::string> fixed);

  void add_columns(const std::vector<FieldDescription>& fields);
  // No column can be added after this.
  void header();
  // Where the cells of the fixed columns are put.
  std::string& row() { return bytes_; }
  // Ends a row of fixed columns alone.
  void end_row();
  // Ends a row whose other cells are `values`, JSON text in the order of `fields`. Columns of
  // fields that are not among them stay empty.
  void end_row(const std::vector<FieldDescription>& fields, const std::vector<std::string>& values,
               int decimals);

  // The rows so far go to the sink, if they are many.
  Result<void> flush_if_large(ExportSink& sink);
  Result<void> flush(ExportSink& sink);
  const ExportedFile& file() const { return file_; }

 private:
  ExportedFile file_;
  std::vector<std::string> fixed_;
  std::vector<std::string> columns_;
  std::string bytes_;  // what the sink has not been given yet
};

}  // namespace rialto
