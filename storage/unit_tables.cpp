#include "storage/unit_tables.h"

namespace rialto {

UnitTables::UnitTables(const ExportPlan& plan)
    : groups_("groups", export_columns::groups(), plan.groups, "field of the group"),
      players_("players", export_columns::players(), plan.players, "field of the player") {}

Result<void> UnitTables::add(const ExportedSession& session, const FoldedUnit& unit) {
  for (std::int64_t round = 1; round <= unit.description().rounds; ++round) {
    for (std::uint32_t group = 1; group <= unit.groups(round); ++group) {
      const std::uint32_t number = unit.description().whole ? group : unit.number();
      auto added = add_group(session, unit, {ObjectKind::group, round, number});
      if (!added) return added;
    }
    for (std::uint32_t seat = 1; seat <= unit.players(); ++seat) {
      auto added = add_player(session, unit, {ObjectKind::player, round, seat});
      if (!added) return added;
    }
  }
  return {};
}

Result<void> UnitTables::add_group(const ExportedSession& session, const FoldedUnit& unit,
                                   const ObjectPlace& group) {
  groups_.put(cell::text(session.description().code));
  groups_.put(cell::text(unit.description().app));
  groups_.put(cell::number(group.number));
  groups_.put(cell::number(group.round));
  groups_.put(cell::number(static_cast<std::int64_t>(unit.records())));
  groups_.put_moment(unit.created());
  groups_.put_moment(unit.updated());
  groups_.own().put(groups_.row(), unit.description().of(ObjectKind::group).fields,
                    unit.values(group), session.description().decimals);
  return groups_.end_row();
}

Result<void> UnitTables::add_player(const ExportedSession& session, const FoldedUnit& unit,
                                    const ObjectPlace& player) {
  const auto seat = unit.seating(player.round, player.number);
  const PageRef now = unit.page(player.number);
  const std::string page = now.round == player.round ? unit.page_name(now) : "";
  const bool is_done = now.round > player.round || (now.round == player.round && page.empty());
  players_.put(cell::text(session.description().code));
  players_.put(cell::text(unit.participant(player.number)));
  players_.put(cell::text(unit.description().app));
  players_.put(seat ? cell::number(seat->group) : Cell());
  players_.put(cell::number(player.round));
  players_.put(seat ? cell::number(seat->id_in_group) : Cell());
  players_.put(cell::text_or_null(page));
  players_.put(cell::truth(is_done));
  players_.own().put(players_.row(), unit.description().of(ObjectKind::player).fields,
                     unit.values(player), session.description().decimals);
  return players_.end_row();
}

}  // namespace rialto
