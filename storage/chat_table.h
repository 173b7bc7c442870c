// The table `chat` while it is made: a row for each line that was said in a chat. What people write
// is personal data: the table is there only if such are asked for (rules.md 20). Owned by the
// export; private to storage/.
#pragma once

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class ChatTable {
 public:
  Result<void> add(const ExportedSession& session, const FoldedUnit& unit, const Record& record);
  ExportTable& table() { return table_; }

 private:
  ExportTable table_{"chat", export_columns::chat()};
};

// Is the record of what somebody has written into a chat, also if it was refused?
bool is_of_chat(const Record& record);

}  // namespace rialto
