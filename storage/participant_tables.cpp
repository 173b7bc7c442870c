#include "storage/participant_tables.h"

#include <algorithm>
#include <utility>

#include "storage/export_money.h"

namespace rialto {
namespace {

using export_columns::Columns;
using export_columns::joined;
using export_columns::prefixed;

// `place`: "" or "public_goods.3.".
Columns round_columns(const AppColumns& app, const std::string& place) {
  const auto of = [&](const std::string& prefix, Columns fixed, const FieldColumns& own) {
    const std::string what = "field of the " + prefix;
    return prefixed(place + prefix + ".", joined({std::move(fixed), own.columns(what)}));
  };
  return joined({of("player", export_columns::of_player(), app.player),
                 of("group", export_columns::of_group(), app.group),
                 of("subsession", export_columns::of_subsession(), app.subsession)});
}

Columns wide_columns(const ExportPlan& plan) {
  std::vector<Columns> parts{
      prefixed("participant.", export_columns::of_participant()),
      prefixed("participant.", value_columns(plan.vars, "value of the participant")),
      prefixed("session.", export_columns::of_session()),
      {{"session.config.name", "text", "name of the session's config", ""}},
      prefixed("session.config.", value_columns(plan.config, "value of the session's config"))};
  for (const AppColumns& app : plan.apps) {
    for (std::int64_t round = 1; round <= app.rounds; ++round) {
      parts.push_back(round_columns(app, app.app + "." + std::to_string(round) + "."));
    }
  }
  return joined(std::move(parts));
}

Columns app_columns(const AppColumns& app) {
  return joined({prefixed("participant.", export_columns::of_participant()), round_columns(app, ""),
                 prefixed("session.", export_columns::of_session())});
}

void put_session(std::vector<Cell>& row, const SessionDescription& session) {
  row.push_back(cell::text(session.code));
  row.push_back(cell::text_or_null(session.label));
  row.push_back(cell::text_or_null(session.comment));
  row.push_back(cell::truth(session.demo));
}

void put_participant(std::vector<Cell>& row, const ExportedSession& session,
                     std::size_t participant) {
  const SessionDescription& about = session.description();
  const Standing& standing = session.standing(participant);
  const bool has_come = standing.started != 0;
  const auto most = session.max_page_index();
  row.push_back(cell::number(static_cast<std::int64_t>(participant) + 1));
  row.push_back(cell::text(about.participants[participant]));
  row.push_back(cell::text_or_null(standing.label));
  row.push_back(cell::truth(about.bots));
  row.push_back(cell::number(standing.page_index));
  row.push_back(most ? cell::number(*most) : Cell());
  row.push_back(has_come ? cell::text(about.stages[standing.stage].app) : Cell());
  row.push_back(cell::text_or_null(standing.page));
  row.push_back(has_come ? cell::iso_time(standing.started) : Cell());
  row.push_back(has_come ? cell::epoch_time(standing.started) : Cell());
  row.push_back(cell::truth(has_come));
  row.push_back(cell::decimal(decimal_text(standing.payoff, about.decimals)));
}

void put_nothing(std::vector<Cell>& row, std::size_t cells) { row.resize(row.size() + cells); }

void put_group(std::vector<Cell>& row, const AppColumns& app, const FoldedUnit& unit,
               std::int64_t round, const std::optional<Seating>& at, int decimals) {
  if (!at) return put_nothing(row, 1), app.group.put_nothing(row);
  row.push_back(cell::number(at->group));
  app.group.put(row, unit.description().of(ObjectKind::group).fields,
                unit.values({ObjectKind::group, round, at->group}), decimals);
}

void put_subsession(std::vector<Cell>& row, const AppColumns& app, const FoldedUnit& unit,
                    std::int64_t round, int decimals) {
  row.push_back(cell::number(round));
  if (!unit.has(ObjectKind::subsession)) return app.subsession.put_nothing(row);
  app.subsession.put(row, unit.description().of(ObjectKind::subsession).fields,
                     unit.values({ObjectKind::subsession, round, 0}), decimals);
}

// The cells of `round_columns`. Nothing where there is no such round.
void put_round(std::vector<Cell>& row, const AppColumns& app, const SeatRef& seat,
               std::int64_t round, int decimals) {
  if (seat.unit == nullptr || round > seat.unit->description().rounds) {
    put_nothing(row, 3 + 1 + 1);
    app.player.put_nothing(row);
    app.group.put_nothing(row);
    return app.subsession.put_nothing(row);
  }
  const FoldedUnit& unit = *seat.unit;
  const ObjectPlace player{ObjectKind::player, round, seat.seat};
  const auto at = unit.seating(round, seat.seat);
  const auto& roles = unit.description().roles;
  const bool has_role = at && at->id_in_group <= roles.size();
  row.push_back(at ? cell::number(at->id_in_group) : Cell());
  row.push_back(has_role ? cell::text_or_null(roles[at->id_in_group - 1]) : Cell());
  row.push_back(cell::stored("money", unit.value(player, "payoff"), decimals));
  app.player.put(row, unit.description().of(ObjectKind::player).fields, unit.values(player),
                 decimals);
  put_group(row, app, unit, round, at, decimals);
  put_subsession(row, app, unit, round, decimals);
}

}  // namespace

ParticipantTables::ParticipantTables(const ExportPlan& plan,
                                     const std::function<std::string(std::string)>& free_name)
    : plan_(plan),
      wide_("all_apps_wide", wide_columns(plan)),
      participants_(
          "participants",
          joined({export_columns::participants(),
                  prefixed("vars.", value_columns(plan.vars, "value of the participant"))})),
      payments_("payments", export_columns::payments()) {
  for (const AppColumns& app : plan.apps) apps_.emplace_back(free_name(app.app), app_columns(app));
}

Result<void> ParticipantTables::add(const ExportedSession& session) {
  for (std::size_t participant = 0; participant < session.participants(); ++participant) {
    if (auto added = add_wide(session, participant); !added) return added;
    if (auto added = add_participant(session, participant); !added) return added;
    if (auto added = add_payment(session, participant); !added) return added;
  }
  for (std::size_t stage = 0; stage < session.plan().shapes.size(); ++stage) {
    for (std::int64_t round = 1; round <= session.plan().shapes[stage].rounds; ++round) {
      if (auto added = add_rounds(session, stage, round); !added) return added;
    }
  }
  return {};
}

Result<void> ParticipantTables::add_wide(const ExportedSession& session, std::size_t participant) {
  std::vector<Cell>& row = wide_.row();
  const SessionDescription& about = session.description();
  put_participant(row, session, participant);
  put_vars(row, session.standing(participant).vars);
  put_session(row, about);
  row.push_back(cell::text(about.config));
  put_config(row, about);
  for (const AppColumns& app : plan_.apps) {
    SeatRef seat;
    for (std::size_t stage = 0; stage < about.stages.size(); ++stage) {
      if (about.stages[stage].app == app.app) seat = session.seat(stage, participant);
    }
    for (std::int64_t round = 1; round <= app.rounds; ++round) {
      put_round(row, app, seat, round, about.decimals);
    }
  }
  return wide_.end_row();
}

// Round by round, and in each all players, as oTree does.
Result<void> ParticipantTables::add_rounds(const ExportedSession& session, std::size_t stage,
                                           std::int64_t round) {
  const SessionDescription& about = session.description();
  const std::string& name = about.stages[stage].app;
  const auto app = std::find_if(plan_.apps.begin(), plan_.apps.end(),
                                [&](const AppColumns& each) { return each.app == name; });
  ExportTable& table = apps_[static_cast<std::size_t>(app - plan_.apps.begin())];
  for (std::size_t participant = 0; participant < session.participants(); ++participant) {
    const SeatRef seat = session.seat(stage, participant);
    if (seat.unit == nullptr) continue;
    put_participant(table.row(), session, participant);
    put_round(table.row(), *app, seat, round, about.decimals);
    put_session(table.row(), about);
    if (auto ended = table.end_row(); !ended) return ended;
  }
  return {};
}

Result<void> ParticipantTables::add_participant(const ExportedSession& session,
                                                std::size_t participant) {
  const SessionDescription& about = session.description();
  const Standing& standing = session.standing(participant);
  const bool has_come = standing.started != 0;
  participants_.put(cell::text(about.code));
  participants_.put(cell::text(about.participants[participant]));
  participants_.put(cell::number(static_cast<std::int64_t>(participant) + 1));
  participants_.put(cell::text_or_null(standing.label));
  participants_.put(cell::truth(about.bots));
  participants_.put_moment(standing.started);
  participants_.put(has_come ? cell::text(about.stages[standing.stage].app) : Cell());
  participants_.put(cell::text_or_null(standing.page));
  participants_.put(cell::truth(standing.finished));
  participants_.put(cell::decimal(decimal_text(standing.payoff, about.decimals)));
  put_vars(participants_.row(), standing.vars);
  return participants_.end_row();
}

Result<void> ParticipantTables::add_payment(const ExportedSession& session,
                                            std::size_t participant) {
  const SessionDescription& about = session.description();
  const Standing& standing = session.standing(participant);
  const std::string& rate = about.value("real_world_currency_per_point");
  const std::string& fee = about.value("participation_fee");
  const int decimals = about.currency_decimals;
  const auto paid =
      paid_out(standing.payoff, about.decimals, rate == "null" ? "1" : rate, decimals);
  const auto fixed = fee == "null" ? 0 : minor_units(fee, decimals);
  const auto money = [&](const std::optional<std::int64_t>& amount) {
    return amount ? cell::decimal(decimal_text(*amount, decimals)) : Cell();
  };
  payments_.put(cell::text(about.code));
  payments_.put(cell::truth(about.demo));
  payments_.put(cell::truth(about.bots));
  payments_.put(cell::text(about.participants[participant]));
  payments_.put(cell::number(static_cast<std::int64_t>(participant) + 1));
  payments_.put(cell::text_or_null(standing.label));
  payments_.put(cell::truth(standing.finished));
  payments_.put(cell::decimal(decimal_text(standing.payoff, about.decimals)));
  payments_.put(cell::json(rate == "null" ? "1" : rate));
  payments_.put(money(paid));
  payments_.put(fixed ? money(fixed) : cell::json(fee));
  payments_.put(paid && fixed ? money(*paid + *fixed) : Cell());
  return payments_.end_row();
}

void ParticipantTables::put_vars(std::vector<Cell>& row, const std::string& vars) const {
  const auto members = members_of(vars);
  for (const ValueColumn& column : plan_.vars) {
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) {
      return member.first == column.name;
    });
    row.push_back(found == members.end() ? Cell() : cell::json(found->second));
  }
}

void ParticipantTables::put_config(std::vector<Cell>& row,
                                   const SessionDescription& session) const {
  for (const ValueColumn& column : plan_.config) row.push_back(config_cell(session, column));
}

}  // namespace rialto
