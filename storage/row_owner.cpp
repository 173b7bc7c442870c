#include "storage/row_owner.h"

namespace rialto {

void put_owner(ExportTable& table, const ExportedSession& session, const FoldedUnit& unit,
               const ObjectPlace& owner) {
  const bool is_person = owner.kind == ObjectKind::player || owner.kind == ObjectKind::participant;
  const auto seat = unit.seating(owner.round, owner.number);
  table.put(cell::text(session.description().code));
  if (is_person) table.put(cell::text(unit.participant(owner.number)));
  if (owner.kind == ObjectKind::player) {
    table.put(seat ? cell::number(seat->id_in_group) : Cell());
    table.put(seat ? cell::number(seat->group) : Cell());
  }
  if (owner.kind == ObjectKind::group) table.put(cell::number(owner.number));
  if (owner.kind != ObjectKind::participant) table.put(cell::number(owner.round));
}

}  // namespace rialto
