// The app the actor tests play: a tally that players add to, with a message for each thing that can
// go well or wrong. A plain function; each call makes a new, equal app.
#pragma once

#include "actors/app_model.h"

namespace rialto::test {

// Messages: a number is added and the total broadcast; {"whisper": id, "text"} goes to one player;
// {"board": x} is latest("board"); {"load": true} answers the sender with a transient total;
// {"throw": true} fails after changing things; {"bad": true} is refused after changing things;
// {"keep": x} keeps a value, {"wrap": n} puts it into n lists, {"kept": true} tells it the sender;
// {"rows": true} tells the sender how many additions there were, {"guess": true} everyone, whatever
// that throws; {"move": true} moves the group on; {"unknown": true} replies to a player who is not
// there. Page "Tally" (live, 3 players), then "Timed" (live, group_timeout 60 s), then "Results".
AnyApp tally_app();

}  // namespace rialto::test
