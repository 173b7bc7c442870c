#include "actors/template_names.h"

namespace rialto {
namespace {

Value columns_of(const Model& model) {
  Value value = Value::object();
  for (const Column* column : model.columns()) value.set(column->name(), column->shown());
  return value;
}

Value player_names(const PlayerBase& player) {
  Value value = columns_of(player);
  value.set("id_in_group", player.id_in_group());
  value.set("role", player.role());
  value.set("round_number", player.group_base().round_number());
  return value;
}

// The player in the rounds up to this one.
Value rounds_of(const PlayerBase& player, int last) {
  std::vector<Value> rounds;
  for (int round = 1; round <= last; ++round) {
    const GroupBase& group = player.group_base().in_round_base(round);
    rounds.push_back(player_names(group.player_base(player.id_in_group())));
  }
  return Value(rounds);
}

Value others_of(const PlayerBase& player) {
  std::vector<Value> others;
  const GroupBase& group = player.group_base();
  for (std::size_t id = 1; id <= group.player_count(); ++id) {
    const PlayerBase& other = group.player_base(static_cast<std::int64_t>(id));
    if (&other != &player) others.push_back(player_names(other));
  }
  return Value(others);
}

Money total_payoff(const PlayerBase& player) {
  Money total;
  const GroupBase& here = player.group_base();
  for (int round = 1; round <= here.last_round(); ++round) {
    const PlayerBase& then = here.in_round_base(round).player_base(player.id_in_group());
    for (const Column* column : then.columns()) {
      if (column->name() == "payoff") total += column->shown().as<Money>();
    }
  }
  return total;
}

}  // namespace

Value template_names(const AppModel& app, const PlayerBase& player) {
  const GroupBase& group = player.group_base();
  const int round = group.round_number();
  Value me = player_names(player);
  me.set("in_all_rounds", rounds_of(player, round));
  me.set("in_previous_rounds", rounds_of(player, round - 1));
  me.set("get_others_in_group", others_of(player));
  Value whole = columns_of(group);
  whole.set("round_number", round);
  Value names = Value::object();
  names.set("player", std::move(me));
  names.set("group", std::move(whole));
  names.set("subsession", Value{{"round_number", round}});
  names.set("participant",
            Value{{"code", player.participant_code()}, {"payoff", total_payoff(player)}});
  names.set("session", Value{{"name", app.name}});
  names.set("C", app.constants);
  return names;
}

}  // namespace rialto
