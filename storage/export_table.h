// One file of an export while it is made: fixed columns, then one for each field that any group
// has. Owned by the export; private to storage/. Guarantee: a row has as many cells as the header;
// personal fields have no column.
#pragma once

#include <string>
#include <vector>

#include "storage/export.h"
#include "storage/export_columns.h"
#include "storage/unit_description.h"

namespace rialto {

class ExportTable {
 public:
  ExportTable(std::string file, std::vector<ExportColumn> fixed);

  // `what` they are, for the codebook: "field of the group".
  void add_columns(const std::vector<FieldDescription>& fields, const std::string& what);
  // No column can be added after this.
  void header();
  // Fixed columns first; as the header has them.
  std::vector<ExportColumn> columns() const;
  // The file's name without .csv.
  std::string name() const;

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
  struct Own {
    std::string name;
    std::string type;  // of the field
    std::string what;
  };

  std::string header_of(const std::string& own) const;

  ExportedFile file_;
  std::vector<ExportColumn> fixed_;
  std::vector<Own> own_;
  std::string bytes_;  // what the sink has not been given yet
};

}  // namespace rialto
