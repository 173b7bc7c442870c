// What an app's forms ask, as it is stored with each session and told by the codebook of its tables
// (storage/README.md, Descriptions). A function of the app's model; any thread.
// Guarantee: only what is the same for every player: choices that depend on the player are left
// out.
#pragma once

#include "actors/app_model.h"
#include "actors/value.h"

namespace rialto {

// [{"of": "player" | "group", "name": the field's, "label"?, "choices"?: [[value, label], …]}, …];
// fields without a label and without choices are not among them. `player`: any of the app.
Value questions_of(const AppModel& app, const Model& player);

}  // namespace rialto
