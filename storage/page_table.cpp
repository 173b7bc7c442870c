#include "storage/page_table.h"

namespace rialto {
namespace {

const char* name_of(LeftBy how) {
  switch (how) {
    case LeftBy::nothing:
      return "";
    case LeftBy::submit:
      return "submitted";
    case LeftBy::timeout:
      return "timeout";
    case LeftBy::advance:
      return "advanced";
    case LeftBy::drop:
      return "dropped";
    case LeftBy::wait:
      return "waited";
    case LeftBy::move:
      return "moved";
  }
  return "";
}

Cell number_of(const ExportedSession& session, const std::string& code) {
  const auto number = session.number_of(code);
  return number ? cell::number(*number) : Cell();
}

}  // namespace

Result<void> PageTable::add(const ExportedSession& session, const FoldedUnit& unit,
                            const std::vector<PageVisit>& visits) {
  for (const PageVisit& visit : visits) {
    if (unit.page_name(visit.page).empty()) continue;
    if (auto added = add_page(session, unit, visit); !added) return added;
    if (visit.left == 0) continue;
    if (auto added = add_time(session, unit, visit); !added) return added;
  }
  return {};
}

Result<void> PageTable::add_page(const ExportedSession& session, const FoldedUnit& unit,
                                 const PageVisit& visit) {
  const std::string& code = unit.participant(visit.player);
  const auto seat = unit.seating(visit.page.round, visit.player);
  pages_.put(cell::text(session.description().code));
  pages_.put(cell::text(code));
  pages_.put(number_of(session, code));
  pages_.put(cell::text(unit.description().app));
  pages_.put(seat ? cell::number(seat->group) : Cell());
  pages_.put(cell::number(visit.page.round));
  pages_.put(seat ? cell::number(seat->id_in_group) : Cell());
  pages_.put(cell::text(unit.page_name(visit.page)));
  pages_.put(cell::number(visit.page.position + 1));
  pages_.put_moment(visit.arrived);
  pages_.put_moment(visit.left);
  pages_.put(cell::text_or_null(name_of(visit.left_by)));
  return pages_.end_row();
}

Result<void> PageTable::add_time(const ExportedSession& session, const FoldedUnit& unit,
                                 const PageVisit& visit) {
  const std::string& code = unit.participant(visit.player);
  times_.put(cell::text(session.description().code));
  times_.put(number_of(session, code));
  times_.put(cell::text(code));
  times_.put(cell::number(session.page_index(unit, visit.page)));
  times_.put(cell::text(unit.description().app));
  times_.put(cell::text(unit.page_name(visit.page)));
  times_.put(cell::epoch_time(visit.left));
  times_.put(cell::number(visit.page.round));
  const bool as_timeout = visit.left_by == LeftBy::timeout || visit.left_by == LeftBy::advance;
  times_.put(cell::truth(as_timeout));
  times_.put(cell::truth(visit.left_by == LeftBy::wait));
  return times_.end_row();
}

}  // namespace rialto
