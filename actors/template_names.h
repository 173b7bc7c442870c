// What the template of a page may name: player, group, subsession, participant, session, C, as in
// oTree. Free function; reads only.
// Guarantee: what is null in the game is null here, amounts of money stay amounts.
#pragma once

#include "actors/app_model.h"
#include "actors/value.h"

namespace rialto {

// An object: {"player": {…}, "group": {…}, …}.
Value template_names(const AppModel& app, const PlayerBase& player);

}  // namespace rialto
