// Where everybody in a session is, as `rialto session show` prints it: a line under each
// participant's link, and those who are stuck. Free functions, used on the client's side.
#pragma once

#include <string>

#include "actors/value.h"

namespace rialto::command {

// "on Bid, round 1, since 14:03:22; not there; waits for 3 (abcd2345)". "" of an older server.
std::string place_text(const Value& session, const Value& participant);
// One line each; nothing if none is stuck.
void say_stuck(const Value& session);

}  // namespace rialto::command
