#include "actors/template_names.h"

#include "actors/roster.h"

namespace rialto {
namespace {

Value columns_of(const Model& model) {
  Value value = Value::object();
  Value labels = Value::object();
  for (const Column* column : model.columns()) {
    value.set(column->name(), column->shown());
    if (const auto label = column->choice_label()) labels.set(column->name(), *label);
  }
  // For the method field_display; no name that a template could write.
  if (!labels.empty()) value.set("field display", std::move(labels));
  return value;
}

Value player_names(const PlayerBase& player) {
  Value value = columns_of(player);
  value.set("id_in_group", player.id_in_group());
  value.set("role", player.role());
  value.set("id_in_subsession", static_cast<std::int64_t>(player.seat()));
  value.set("round_number", player.round_number());
  return value;
}

// The player in the rounds up to this one.
Value rounds_of(const PlayerBase& player, int last) {
  std::vector<Value> rounds;
  for (int round = 1; round <= last; ++round) {
    rounds.push_back(player_names(player.in_round_base(round)));
  }
  return Value(rounds);
}

Value others_in_group(const PlayerBase& player) {
  std::vector<Value> others;
  const GroupBase& group = player.group_base();
  for (std::size_t id = 1; id <= group.player_count(); ++id) {
    const PlayerBase& other = group.player_base(static_cast<std::int64_t>(id));
    if (&other != &player) others.push_back(player_names(other));
  }
  return Value(others);
}

Value participant_names(const Participant& participant) {
  Value names = participant.vars();
  names.set("vars", participant.vars());
  names.set("code", participant.code());
  names.set("label", participant.label());
  names.set("id_in_session", participant.id_in_session());
  names.set("payoff", participant.payoff());
  names.set("payoff_plus_participation_fee", participant.payoff_plus_participation_fee());
  return names;
}

Value session_names(const AppModel& app, const SessionFacts& session) {
  const Value config = session.values ? *session.values : Value::object();
  return {{"name", app.name}, {"code", session.code}, {"config", config}};
}

}  // namespace

Value template_names(const AppModel& app, const PlayerBase& player) {
  const int round = player.round_number();
  Value me = player_names(player);
  me.set("in_all_rounds", rounds_of(player, round));
  me.set("in_previous_rounds", rounds_of(player, round - 1));
  Value whole = Value::object();
  if (player.has_group()) {
    const GroupBase& group = player.group_base();
    me.set("get_others_in_group", others_in_group(player));
    whole = columns_of(group);
    whole.set("id_in_subsession", group.id_in_subsession());
  }
  whole.set("round_number", round);
  Value all = Value::object();
  if (player.roster().whole()) all = columns_of(player.subsession_base());
  all.set("round_number", round);
  Value names = Value::object();
  names.set("player", std::move(me));
  names.set("group", std::move(whole));
  names.set("subsession", std::move(all));
  names.set("participant", participant_names(player.participant_base()));
  names.set("session", session_names(app, player.roster().session()));
  names.set("C", app.constants);
  names.set("Constants", app.constants);  // as in older games
  return names;
}

}  // namespace rialto
