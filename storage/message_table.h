// The table `messages` while it is made: a row for each message that came in, and each that went
// out. Owned by the export; private to storage/.
#pragma once

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class MessageTable {
 public:
  explicit MessageTable(Personal personal) : personal_(personal) {}

  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record);
  ExportTable& table() { return table_; }

 private:
  void begin(const ExportedSession& session, const FoldedUnit& unit, const Record& record,
             const char* direction);
  Result<void> end(const FoldedUnit& unit, const Record& record, PageRef page,
                   const std::string& data);

  Personal personal_;
  ExportTable table_{"messages", export_columns::messages()};
};

}  // namespace rialto
