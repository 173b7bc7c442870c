#include "actors/template_names.h"

#include <algorithm>

#include "actors/roster.h"

namespace rialto {
namespace {

// But `without`, if it is one.
Value columns_of(const Model& model, std::string_view without = "") {
  Value value = Value::object();
  Value labels = Value::object();
  for (const Column* column : model.columns()) {
    if (column->name() == without) continue;
    value.set(column->name(), column->shown());
    if (const auto label = column->choice_label()) labels.set(column->name(), *label);
  }
  // For the method field_display; no name that a template could write.
  if (!labels.empty()) value.set("field display", std::move(labels));
  return value;
}

// As oTree counts, over all units of the app.
std::int64_t group_number(const GroupBase& group) {
  const Roster& roster = group.roster();
  if (roster.whole()) return group.id_in_subsession();
  const auto before = static_cast<std::size_t>(roster.participant(1).id_in_session()) - 1;
  return static_cast<std::int64_t>(before / roster.players()) + 1;
}

Value session_names(const AppModel& app, const Roster& roster, bool reads_vars) {
  const SessionFacts& session = roster.session();
  const Value config = session.values ? *session.values : Value::object();
  Value names = {{"name", app.name},
                 {"code", session.code},
                 {"config", config},
                 {"participation_fee", session.participation_fee()}};
  if (reads_vars) names.set("vars", roster.session_values().vars());
  return names;
}

// The names of one page, those of them that its template reads.
class PageNames {
 public:
  PageNames(const AppModel& app, const PageModel& page)
      : app_(app), words_(page.template_words ? &*page.template_words : nullptr) {}

  Value all(const PlayerBase& player) const {
    return {{"player", own(player)},
            {"group", player.has_group() ? whole(player.group_base()) : no_group(player)},
            {"subsession", subsession(player.subsession_base())},
            {"participant", participant(player.participant_base())},
            {"session", session(player)},
            {"C", app_.constants},
            {"Constants", app_.constants}};  // as in older games
  }

 private:
  Value session(const PlayerBase& player) const {
    return session_names(app_, player.roster(), reads("vars"));
  }

  bool reads(std::string_view word) const { return words_ == nullptr || words_->contains(word); }

  bool reads_rounds() const {
    return reads("in_all_rounds") || reads("in_round") || reads("in_rounds");
  }
  bool reads_players() const {
    return reads("get_players") || reads("get_player_by_id") || reads("get_player_by_role");
  }

  // Columns and logs. A subsession's groups name everybody there is, on everybody's page.
  Value declared(const Model& model) const {
    Value value = columns_of(model, reads("groups") ? "" : "groups");
    for (const LogBase* log : model.logs()) {
      if (reads(log->name())) value.set(log->name(), log->shown());
    }
    return value;
  }

  Value participant(const Participant& participant) const {
    Value names = Value::object();
    if (participant.is_here()) {  // or else the values are with the app the participant is in
      names = participant.vars();
      names.set("vars", participant.vars());
    }
    names.set("code", participant.code());
    names.set("label", participant.label());
    names.set("id_in_session", participant.id_in_session());
    names.set("payoff", participant.payoff());
    names.set("payoff_in_real_world_currency", participant.payoff_in_real_world_currency());
    names.set("payoff_plus_participation_fee", participant.payoff_plus_participation_fee());
    return names;
  }

  // Of a player in a list: what belongs to that player's round.
  Value someone(const PlayerBase& player) const {
    Value value = declared(player);
    value.set("id_in_group", player.id_in_group());
    value.set("role", player.role());
    value.set("id_in_subsession", player.participant_base().id_in_session());
    value.set("round_number", player.round_number());
    if (reads("participant")) value.set("participant", participant(player.participant_base()));
    if (reads("group") && player.has_group()) value.set("group", some_group(player.group_base()));
    return value;
  }

  Value own(const PlayerBase& player) const {
    Value me = someone(player);
    const int round = player.round_number();
    if (reads_rounds()) me.set("in_all_rounds", rounds(player, round));
    if (reads("in_previous_rounds")) me.set("in_previous_rounds", rounds(player, round - 1));
    if (player.has_group() && reads("get_others_in_group")) {
      me.set("get_others_in_group", players(player.group_base(), &player));
    }
    if (reads("get_others_in_subsession")) {
      me.set("get_others_in_subsession", players(player.subsession_base(), &player));
    }
    if (reads("group") && player.has_group()) me.set("group", whole(player.group_base()));
    if (reads("subsession")) me.set("subsession", subsession(player.subsession_base()));
    if (reads("session")) me.set("session", session(player));
    return me;
  }

  // The player in the rounds up to this one.
  Value rounds(const PlayerBase& player, int last) const {
    Value all = Value::empty_list();
    for (int round = 1; round <= last; ++round) all.append(someone(player.in_round_base(round)));
    return all;
  }

  // In a group those who are in it, of a subsession all there are; but this one.
  Value players(const GroupBase& group, const PlayerBase* but) const {
    Value all = Value::empty_list();
    for (std::size_t id = 1; id <= group.player_count(); ++id) {
      const PlayerBase& player = group.player_base(static_cast<std::int64_t>(id));
      if (&player != but) all.append(someone(player));
    }
    return all;
  }
  Value players(const SubsessionBase& subsession, const PlayerBase* but) const {
    Value all = Value::empty_list();
    const Roster& roster = subsession.roster();
    for (std::uint32_t seat = 1; seat <= roster.players(); ++seat) {
      const PlayerBase& player = roster.player(subsession.round_number(), seat);
      if (&player != but) all.append(someone(player));
    }
    return all;
  }

  Value some_group(const GroupBase& group) const {
    Value value = declared(group);
    value.set("id_in_subsession", group_number(group));
    value.set("round_number", group.round_number());
    return value;
  }

  Value group_with_players(const GroupBase& group) const {
    Value value = some_group(group);
    if (reads_players()) value.set("get_players", players(group, nullptr));
    return value;
  }

  Value whole(const GroupBase& group) const {
    Value value = group_with_players(group);
    if (reads_rounds()) value.set("in_all_rounds", rounds(group, group.round_number()));
    if (reads("in_previous_rounds")) {
      value.set("in_previous_rounds", rounds(group, group.round_number() - 1));
    }
    return value;
  }

  static Value no_group(const PlayerBase& player) {
    return {{"round_number", player.round_number()}};
  }

  // The group of the same number, where a round has one.
  Value rounds(const GroupBase& group, int last) const {
    Value all = Value::empty_list();
    for (int round = 1; round <= last; ++round) {
      if (group.id_in_subsession() > group.roster().groups(round)) continue;
      all.append(group_with_players(group.in_round_base(round)));
    }
    return all;
  }

  Value subsession(const SubsessionBase& subsession) const {
    const Roster& roster = subsession.roster();
    Value value = roster.whole() ? declared(subsession) : Value::object();
    value.set("round_number", subsession.round_number());
    if (reads_players()) value.set("get_players", players(subsession, nullptr));
    if (!reads("get_groups")) return value;
    Value groups = Value::empty_list();
    for (int id = 1; id <= roster.groups(subsession.round_number()); ++id) {
      const GroupBase& group = roster.group(subsession.round_number(), id);
      if (group.player_count() > 0) groups.append(group_with_players(group));
    }
    value.set("get_groups", std::move(groups));
    return value;
  }

  const AppModel& app_;
  const std::set<std::string, std::less<>>* words_;
};

}  // namespace

Value template_names(const AppModel& app, const PageModel& page, const PlayerBase& player) {
  return PageNames(app, page).all(player);
}

TemplateWords template_words(const AppModel& app) {
  TemplateWords words;
  words.each_player = {"id_in_group",  "id_in_subsession", "payoff", "role",
                       "round_number", "participant",      "group"};
  words.player = words.each_player;
  words.player.insert({"in_round", "in_rounds", "in_all_rounds", "in_previous_rounds",
                       "get_others_in_group", "subsession", "session"});
  words.their_group = {"id_in_subsession", "round_number"};
  words.each_group = words.their_group;
  words.each_group.insert({"get_players", "get_player_by_id", "get_player_by_role"});
  words.group = words.each_group;
  words.group.insert({"in_round", "in_rounds", "in_all_rounds", "in_previous_rounds"});
  words.subsession = {"round_number"};
  words.session = {"name", "code", "config", "participation_fee"};
  if (app.whole() || app.players_per_group == 0) {  // all of the app is one unit
    words.player.insert("get_others_in_subsession");
    words.subsession.insert({"get_players", "get_groups"});
  }
  return words;
}

}  // namespace rialto
