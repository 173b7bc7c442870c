// Where the tables of an export go: a kind of file behind one idea of a table, rows of typed cells.
// Owned by who exports; used on one thread. Guarantee: what `finish` has reported done is complete
// in the folder's files, which have no names yet (export_folder.h).
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "storage/export_columns.h"
#include "storage/result.h"
#include "storage/table_cell.h"

namespace rialto {

class TableWriter {
 public:
  virtual ~TableWriter() = default;

  // A new table; gives the name of its file. Tables are numbered from 0 in this order. Names may
  // not differ in upper and lower case alone.
  virtual Result<std::string> begin(const std::string& table,
                                    const std::vector<ExportColumn>& columns) = 0;
  // As many cells as the table has columns.
  virtual Result<void> row(std::size_t table, const std::vector<Cell>& cells) = 0;
  // After the last row.
  virtual Result<void> finish() = 0;
  // What this kind of file could not hold, in sentences.
  virtual std::vector<std::string> left_out() const { return {}; }
};

}  // namespace rialto
