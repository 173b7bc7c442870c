// What the template of a page may name: player, group, subsession, participant, session, C, as in
// oTree. Free functions; read only.
// Guarantees: what is null in the game is null here, amounts of money stay amounts; what takes time
// (lists of players, rows of logs) is made for pages whose template reads it.
#pragma once

#include <set>
#include <string>

#include "actors/app_model.h"
#include "actors/value.h"

namespace rialto {

// An object: {"player": {…}, "group": {…}, …}.
Value template_names(const AppModel& app, const PageModel& page, const PlayerBase& player);

// The words after "player.", "group.", "subsession." and "session." that there are beside columns
// and logs.
struct TemplateWords {
  using Words = std::set<std::string, std::less<>>;

  Words player;
  Words group;
  Words subsession;
  Words session;
  Words each_player;  // of a list: get_players, in_all_rounds, …
  Words each_group;   // of a list: get_groups, in_all_rounds, …
  Words their_group;  // of a player of a list
};
TemplateWords template_words(const AppModel& app);

}  // namespace rialto
