// messages.csv while it is made: a row for each message that came in, and each that went out.
// Owned by the export; private to storage/.
#pragma once

#include <string>

#include "storage/export_table.h"
#include "storage/folded_unit.h"

namespace rialto {

class MessageTable {
 public:
  explicit MessageTable(std::string session) : session_(std::move(session)) {}

  void add(const FoldedUnit& unit, const Record& record);
  ExportTable& table() { return table_; }

 private:
  void begin(const FoldedUnit& unit, const Record& record, const char* direction);
  void end(const FoldedUnit& unit, const Record& record, PageRef page, const std::string& data);

  std::string session_;
  ExportTable table_{"messages.csv", export_columns::messages()};
};

}  // namespace rialto
