// The table of the sessions themselves: what each is made of, and the values of its config, so that
// a treatment can be joined to any other table by session_code. Owned by the export; private to
// storage/. Guarantee: a column for each value that a config of these sessions has.
#pragma once

#include <utility>
#include <vector>

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class SessionTable {
 public:
  // `plan` outlives it.
  explicit SessionTable(const ExportPlan& plan);

  Result<void> add(const ExportedSession& session);
  ExportTable& table() { return table_; }

 private:
  const ExportPlan& plan_;
  ExportTable table_;
};

}  // namespace rialto
