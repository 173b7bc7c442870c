// Which of a unit's steps have to do with something personal (rules.md 20), and with whom.
#include <algorithm>

#include "actors/unit.h"
#include "storage/personal_part.h"

namespace rialto {

bool Unit::has_personal_fields(const Roster& roster) {
  return std::ranges::any_of(Roster::kinds, [&](Roster::Kind kind) {
    const auto& columns = roster.example(kind).columns();
    return std::ranges::any_of(columns, [](const Column* each) { return each->personal(); });
  });
}

bool Unit::asks_personal(const PageModel& page) const {
  return has_personal_fields_ && std::ranges::any_of(page.form, &FormFieldModel::personal);
}

void Unit::note_concerns(Record& record) const {
  const auto& seats = step_.concerns;
  record.concerns.insert(record.concerns.end(), seats.begin(), seats.end());
}

void Unit::add_change(Record& record, const Column& column) const {
  const std::uint32_t object = column.owner().object_number();
  Change& change = record.changes.emplace_back(Change{object, column.index(), column.to_json()});
  if (!column.personal() || change.value == "null") return;
  change.personal_of = roster_.seat_of(object);
  record.concerns.push_back(*change.personal_of);
}

// What was written is also that of who has written it.
void Unit::settle_personal(Record& record) {
  auto& seats = record.concerns;
  if (seats.empty()) return;
  record.personal = true;
  if (has_personal_input(record)) seats.push_back(record.player);
  std::ranges::sort(seats);
  seats.erase(std::unique(seats.begin(), seats.end()), seats.end());
  if (!holds_personal(record)) seats.clear();
}

}  // namespace rialto
