// The tables `groups` and `players` while they are made: a row for each group and round, and for
// each player and round, of all apps. Owned by the export; private to storage/.
#pragma once

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class UnitTables {
 public:
  explicit UnitTables(const ExportPlan& plan);

  // After the last record of the unit.
  Result<void> add(const ExportedSession& session, const FoldedUnit& unit);
  ExportTable& groups() { return groups_; }
  ExportTable& players() { return players_; }

 private:
  Result<void> add_group(const ExportedSession& session, const FoldedUnit& unit,
                         const ObjectPlace& group);
  Result<void> add_player(const ExportedSession& session, const FoldedUnit& unit,
                          const ObjectPlace& player);

  ExportTable groups_;
  ExportTable players_;
};

}  // namespace rialto
