// The bounds that a game can raise: how large a live message may be, how often one may send, how
// long a text of a form may be; and where its pages clearly go past them. Free functions.
// Limitation: scripts are read as people write them; only what stands in the page's own file is
// seen.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "actors/app_model.h"

namespace rialto::command {

// {"message_bytes"?: N, "sends_per_second"?: N, "max_length": {PAGE: {FIELD: characters or null}}}:
// the game's own, or the server's usual ones. The first two of games with live pages; null: any
// number, as far as a form goes (4 MiB).
Value bounds_of(const AppModel& app);
// The same in lines for people, with what raises each.
std::vector<std::string> bounds_in_words(const Value& bounds);

// A sentence for each place where the page's HTML goes past one, or is likely to.
std::vector<std::string> past_bounds(const AppModel& app, const PageModel& page,
                                     std::string_view html);

}  // namespace rialto::command
