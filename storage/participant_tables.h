// The tables that are as oTree's, while they are made: `all_apps_wide`, a row for each participant
// with all rounds of all apps beside each other; one named after each app, a row for each player
// and round; and ours, `participants` and `payments`. Owned by the export; private to storage/.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "storage/export_session.h"
#include "storage/export_table.h"

namespace rialto {

class ParticipantTables {
 public:
  // `free_name` makes a name that no other table has. `plan` outlives this.
  ParticipantTables(const ExportPlan& plan,
                    const std::function<std::string(std::string)>& free_name);

  // After the session was settled.
  Result<void> add(const ExportedSession& session);
  ExportTable& wide() { return wide_; }
  ExportTable& participants() { return participants_; }
  ExportTable& payments() { return payments_; }
  std::vector<ExportTable>& apps() { return apps_; }  // in the plan's order

 private:
  Result<void> add_wide(const ExportedSession& session, std::size_t participant);
  Result<void> add_rounds(const ExportedSession& session, std::size_t stage, std::int64_t round);
  Result<void> add_participant(const ExportedSession& session, std::size_t participant);
  Result<void> add_payment(const ExportedSession& session, std::size_t participant);
  void put_vars(std::vector<Cell>& row, const std::string& vars) const;
  void put_config(std::vector<Cell>& row, const SessionDescription& session) const;

  const ExportPlan& plan_;
  ExportTable wide_;
  ExportTable participants_;
  ExportTable payments_;
  std::vector<ExportTable> apps_;
};

}  // namespace rialto
