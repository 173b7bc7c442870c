// One session while it is exported: its units as their records left them, and where each
// participant stands in the whole experiment. Owned by the export; private to storage/.
// Guarantee: all is as of the same moment. Limitation: the values of one session are in memory.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "storage/export_plan.h"
#include "storage/folded_unit.h"

namespace rialto {

// A participant's seat in a unit.
struct SeatRef {
  const FoldedUnit* unit = nullptr;  // none if there is no such unit yet
  std::uint32_t seat = 0;
};

struct Standing {
  std::string label;            // empty unless personal data are exported
  std::size_t stage = 0;        // where the participant is
  std::string vars;             // JSON text
  std::int64_t started = 0;     // microseconds since 1970; 0: has not come
  std::int64_t page_index = 0;  // in the whole experiment, from 1; 0: has not come
  bool finished = false;        // past the last page of the last app, or on it with nothing to do
  std::string page;             // name of the current page, or of the last one
  std::int64_t payoff = 0;      // of all apps, in the smallest unit
};

class ExportedSession {
 public:
  explicit ExportedSession(const SessionPlan& plan);

  void add(FoldedUnit unit);
  // After the last unit.
  Result<void> settle(const Reader& reader, Personal personal);

  const SessionDescription& description() const { return plan_.description; }
  const SessionPlan& plan() const { return plan_; }
  const std::vector<FoldedUnit>& units() const { return units_; }
  std::size_t participants() const { return plan_.description.participants.size(); }
  const Standing& standing(std::size_t participant) const { return standings_[participant]; }
  SeatRef seat(std::size_t stage, std::size_t participant) const;
  // From 1; none of a code that is not in the session.
  std::optional<std::int64_t> number_of(const std::string& code) const;
  // Of a page in the whole experiment, from 1.
  std::int64_t page_index(const FoldedUnit& unit, PageRef page) const;
  // Pages of the whole experiment; none while an app's are not known.
  std::optional<std::int64_t> max_page_index() const;

 private:
  std::int64_t pages_before(std::size_t stage) const;
  void settle(std::size_t participant);
  std::int64_t payoff_in(const SeatRef& at) const;

  const SessionPlan& plan_;
  std::vector<FoldedUnit> units_;
  std::unordered_map<std::string, std::size_t> numbers_;  // of participants, from 0, by code
  // stage, participant: index in `units_` and seat
  std::vector<std::vector<std::pair<std::size_t, std::uint32_t>>> seats_;
  std::vector<Standing> standings_;
};

}  // namespace rialto
