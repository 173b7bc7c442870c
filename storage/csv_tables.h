// Tables as CSV files, one each. Owned by who exports; used on one thread; `folder` outlives it.
// Guarantee: rows are on the disk in the order in which they came. Limitation: 64 KiB of each table
// wait in memory.
#pragma once

#include <fstream>
#include <string>
#include <vector>

#include "storage/csv.h"
#include "storage/export_folder.h"
#include "storage/table_writer.h"

namespace rialto {

class CsvTables final : public TableWriter {
 public:
  CsvTables(ExportFolder& folder, CsvStyle style) : folder_(folder), style_(style) {}

  Result<std::string> begin(const std::string& table,
                            const std::vector<ExportColumn>& columns) override;
  Result<void> row(std::size_t table, const std::vector<Cell>& cells) override;
  Result<void> finish() override;

 private:
  struct File {
    std::string name;
    std::ofstream out;
    std::string bytes;  // not yet in the file
  };

  Result<void> flush(File& file);

  ExportFolder& folder_;
  const CsvStyle style_;
  std::vector<File> files_;
};

}  // namespace rialto
