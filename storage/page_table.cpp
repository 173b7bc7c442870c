#include "storage/page_table.h"

#include "storage/csv.h"

namespace rialto {
namespace {

void moment(std::string& row, std::int64_t microseconds) {
  if (microseconds != 0) return csv::time(row, microseconds);
  csv::empty(row);
  csv::empty(row);
}

}  // namespace

PageTable::PageTable(const SessionDescription& session) : session_(session.code) {
  for (const std::string& code : session.participants) {
    numbers_.emplace(code, static_cast<std::int64_t>(numbers_.size()) + 1);
  }
}

void PageTable::add(const FoldedUnit& unit, const std::vector<PageVisit>& visits) {
  for (const PageVisit& visit : visits) {
    if (!unit.page_name(visit.page).empty()) add(unit, visit);
  }
}

void PageTable::add(const FoldedUnit& unit, const PageVisit& visit) {
  std::string& row = table_.row();
  const std::string& code = unit.participant(visit.player);
  csv::text(row, session_);
  csv::text(row, code);
  const auto number = numbers_.find(code);
  number == numbers_.end() ? csv::empty(row) : csv::number(row, number->second);
  csv::text(row, unit.description().app);
  csv::number(row, unit.number());
  csv::number(row, visit.page.round);
  csv::number(row, visit.player);
  csv::text(row, unit.page_name(visit.page));
  csv::number(row, visit.page.position + 1);
  moment(row, visit.arrived);
  moment(row, visit.left);
  *visit.left_by == '\0' ? csv::empty(row) : csv::text(row, visit.left_by);
  table_.end_row();
}

}  // namespace rialto
