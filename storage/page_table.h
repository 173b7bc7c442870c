// The tables `pages` and `page_times` (as oTree's) while they are made: a row for each page that a
// player had, or has left, in the order in which they left it; in `pages` those who are still on a
// page come after the others of their unit. Owned by the export; private to storage/.
#pragma once

#include <vector>

#include "storage/export_session.h"
#include "storage/export_table.h"
#include "storage/page_visits.h"

namespace rialto {

class PageTable {
 public:
  // The visits that a record of the unit ended; `open()` of its visits after the last record.
  Result<void> add(const ExportedSession& session, const FoldedUnit& unit,
                   const std::vector<PageVisit>& visits);
  ExportTable& pages() { return pages_; }
  ExportTable& times() { return times_; }

 private:
  Result<void> add_page(const ExportedSession& session, const FoldedUnit& unit,
                        const PageVisit& visit);
  Result<void> add_time(const ExportedSession& session, const FoldedUnit& unit,
                        const PageVisit& visit);

  ExportTable pages_{"pages", export_columns::pages()};
  ExportTable times_{"page_times", export_columns::page_times()};
};

}  // namespace rialto
