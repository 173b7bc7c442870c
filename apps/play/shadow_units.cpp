#include "apps/play/shadow_units.h"

#include "actors/errors.h"
#include "storage/keys.h"

namespace rialto::play {

Unit& ShadowUnits::known(UnitId id) {
  std::unique_ptr<Unit>& unit = units_[id];
  if (unit) return *unit;
  const Session* const session = book_.of(id);
  if (session == nullptr) throw AppError("there is no session of this group");
  unit = std::make_unique<Unit>(*book_.app(*session, id), book_.unit_setup(*session, id));
  return *unit;
}

const Unit& ShadowUnits::unit(UnitId id) {
  Unit& unit = known(id);
  Result<void> applied;
  const auto visit = [&](std::string_view, std::string_view value) {
    const auto records = decode_records(value);
    if (!records) applied = records.error();
    for (std::size_t i = 0; applied && i < records->size(); ++i) {
      if ((*records)[i].sequence > unit.sequence()) applied = unit.apply((*records)[i]);
    }
    return static_cast<bool>(applied);
  };
  const auto scanned =
      store_.scan(keys::records(id, unit.sequence() + 1), keys::records_end(id), visit);
  if (!scanned) throw AppError(scanned.error().message);
  if (!applied) throw AppError(applied.error().message);
  return unit;
}

}  // namespace rialto::play
