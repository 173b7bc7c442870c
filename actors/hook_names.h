// Puts the name of the hook before what a game's function throws, so that the log says which of
// them failed: "before_next_page: player.offer is null"; and into the slot of who runs it, in case
// it crashes or hangs. Used once, when an app is made.
// Guarantee: what a hook takes and gives, and a BadMessage, are as without it.
#pragma once

#include "actors/app_model.h"

namespace rialto {

void name_hooks(AppModel& model);

}  // namespace rialto
