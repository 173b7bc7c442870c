#include "apps/play/shadow_units.h"

#include "actors/errors.h"
#include "storage/keys.h"

namespace rialto::play {

void ShadowUnits::add(UnitId id, AnyApp app, std::vector<std::string> participants) {
  Unit::Setup setup;
  setup.id = id;
  setup.participants = std::move(participants);
  setup.limits = &limits_;
  units_[id] = std::make_unique<Unit>(std::move(app), std::move(setup));
}

const Unit& ShadowUnits::unit(UnitId id) {
  Unit& unit = *units_.at(id);
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
