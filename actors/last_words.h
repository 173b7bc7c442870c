// What a process says that is ended by a game's fault (a division by zero, an index out of bounds):
// the app, page, hook and participant, on standard error, before it ends as it would have. Free
// function, called once by who plays games. Guarantee: a signal's outcome stays what it was, a
// handler that was there before (of a test's framework) included.
#pragma once

#include "actors/running_slot.h"

namespace rialto {

// `slots` outlives the process's last thread that runs a game.
void say_last_words(RunningSlots& slots);

}  // namespace rialto
