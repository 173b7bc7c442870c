#include "storage/csv_tables.h"

namespace rialto {
namespace {

constexpr std::size_t large = 64 * 1024;  // bytes

}  // namespace

Result<std::string> CsvTables::begin(const std::string& table,
                                     const std::vector<ExportColumn>& columns) {
  const std::string name = table + ".csv";
  const auto path = folder_.add(name);
  if (!path) return path.error();
  File& file = files_.emplace_back();
  file.name = name;
  file.out.open(*path, std::ios::binary | std::ios::trunc);
  if (!file.out) return folder_.failed(name);
  if (style_.for_excel) file.bytes = "\xEF\xBB\xBF";
  std::vector<Cell> header;
  for (const ExportColumn& column : columns) header.push_back(cell::text(column.name));
  csv::row(file.bytes, header, style_);
  return name;
}

Result<void> CsvTables::row(std::size_t table, const std::vector<Cell>& cells) {
  File& file = files_[table];
  csv::row(file.bytes, cells, style_);
  return file.bytes.size() < large ? Result<void>() : flush(file);
}

Result<void> CsvTables::finish() {
  for (File& file : files_) {
    if (auto flushed = flush(file); !flushed) return flushed;
    file.out.close();
    if (!file.out) return folder_.failed(file.name);
  }
  return {};
}

Result<void> CsvTables::flush(File& file) {
  if (!file.out.write(file.bytes.data(), static_cast<std::streamsize>(file.bytes.size()))) {
    return folder_.failed(file.name);
  }
  file.bytes.clear();
  return {};
}

}  // namespace rialto
