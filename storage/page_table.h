// pages.csv while it is made: a row for each page that a player had, in the order in which they
// left it; those who are still on a page come after the others of their group. Owned by the export;
// private to storage/.
#pragma once

#include <map>
#include <string>

#include "storage/export_table.h"
#include "storage/folded_unit.h"
#include "storage/page_visits.h"

namespace rialto {

class PageTable {
 public:
  explicit PageTable(const SessionDescription& session);

  // The visits that a record of the unit ended; `open()` of its visits after the last record.
  void add(const FoldedUnit& unit, const std::vector<PageVisit>& visits);
  ExportTable& table() { return table_; }

 private:
  void add(const FoldedUnit& unit, const PageVisit& visit);

  std::string session_;
  std::map<std::string, std::int64_t> numbers_;  // of the participants in the session, by code
  ExportTable table_{"pages.csv", export_columns::pages()};
};

}  // namespace rialto
