#include "apps/play/shadow_units.h"

#include "actors/errors.h"
#include "actors/unit_records.h"

namespace rialto::play {

Unit& ShadowUnits::known(UnitId id) {
  std::unique_ptr<Unit>& unit = units_[id];
  if (unit) return *unit;
  const Session* const session = book_.of(id);
  if (session == nullptr) throw AppError("there is no session of this group");
  Unit::Setup setup = book_.unit_setup(*session, id);
  setup.board = nullptr;  // its records say what it has seen
  unit = std::make_unique<Unit>(*book_.app(*session, id), std::move(setup));
  return *unit;
}

const Unit& ShadowUnits::unit(UnitId id) {
  Unit& unit = known(id);
  const auto applied = each_record(store_, id, unit.sequence() + 1,
                                   [&](const Record& record) { return unit.apply(record); });
  if (!applied) throw AppError(applied.error().message);
  return unit;
}

}  // namespace rialto::play
