#include "storage/page_visits.h"

namespace rialto {
namespace {

LeftBy way_out(const Record& record, const PageVisit& visit) {
  const bool is_own = record.player == 0 || record.player == visit.player;
  if (record.code == "timeout" && is_own) return LeftBy::timeout;
  if (record.code == "advanced" && is_own) return LeftBy::advance;
  if (record.code == "dropped" && is_own) return LeftBy::drop;
  if (record.kind == RecordKind::submitted && record.player == visit.player) return LeftBy::submit;
  if (record.code == "hidden" || record.code == "away") return LeftBy::move;
  // An event that ends the stay of all who are on its page: they have waited for each other.
  if (record.kind == RecordKind::event && record.page == visit.page) return LeftBy::wait;
  return LeftBy::move;
}

}  // namespace

std::vector<PageVisit> PageVisits::take(const Record& record) {
  const bool enters = record.kind == RecordKind::event && record.code == "entered";
  const bool passes = record.kind == RecordKind::event && record.code == "passed_by";
  if (record.kind == RecordKind::created || enters || passes) {
    // Who does not see the first page begins on another; who passes by never has a page.
    for (const PageMove& move : record.moves) {
      current_[move.player - 1].page = move.page;
      current_[move.player - 1].first = !enters;
    }
    return {};
  }
  const bool is_arrival = record.kind == RecordKind::event && record.code == "arrived";
  if (is_arrival && record.player > 0 && record.player <= current_.size()) {
    PageVisit& visit = current_[record.player - 1];
    if (visit.page == record.page && visit.arrived == 0) visit.arrived = record.time;
  }
  std::vector<PageVisit> ended;
  for (const PageMove& move : record.moves) {
    PageVisit& visit = current_[move.player - 1];
    visit.left = record.time;
    visit.left_by = way_out(record, visit);
    ended.push_back(visit);
    visit = {move.player, move.page};
    visit.first = false;
  }
  return ended;
}

std::vector<PageVisit> PageVisits::open() const {
  std::vector<PageVisit> seen;
  for (const PageVisit& visit : current_) {
    if (visit.arrived != 0 || !visit.first) seen.push_back(visit);
  }
  return seen;
}

}  // namespace rialto
