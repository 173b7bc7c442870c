// Tables as the sheets of one workbook (Office Open XML). Owned by who exports; used on one thread;
// `folder` outlives it. Guarantee: numbers are numbers, all else is text, never a formula.
// Limitations, those of the format: more rows than a sheet has are an error with a sentence; a
// table with too many columns is left out, text beyond 32,767 characters is cut, and both are told
// of; names of sheets are cut to 31 characters; whole numbers beyond 15 digits are text.
#pragma once

#include <cstdint>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "storage/export_folder.h"
#include "storage/table_writer.h"

struct lxw_workbook;
struct lxw_worksheet;

namespace rialto {

class XlsxTables final : public TableWriter {
 public:
  // `name` of the file: "k3j9x2ab.xlsx".
  static Result<std::unique_ptr<XlsxTables>> create(ExportFolder& folder, const std::string& name);
  ~XlsxTables() override;

  Result<std::string> begin(const std::string& table,
                            const std::vector<ExportColumn>& columns) override;
  Result<void> row(std::size_t table, const std::vector<Cell>& cells) override;
  Result<void> finish() override;
  std::vector<std::string> left_out() const override;

 private:
  struct Sheet {
    lxw_worksheet* sheet = nullptr;  // none of a table that is left out
    std::string table;
    std::uint32_t rows = 0;
    std::uint64_t cut = 0;  // texts
  };

  explicit XlsxTables(std::string name) : name_(std::move(name)) {}
  std::string free_name(const std::string& table);
  bool put(Sheet& sheet, std::uint16_t column, const Cell& cell);

  const std::string name_;
  lxw_workbook* book_ = nullptr;
  std::vector<Sheet> sheets_;
  std::set<std::string> names_;  // of sheets, in lower case
  std::vector<std::string> left_out_;
};

}  // namespace rialto
