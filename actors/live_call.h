// What a game's call_live_method gets, as in oTree: `void call_live_method(const Group& group,
// const LiveCall& live)` is called when the bots of a group are on a live page, and plays it with
// `live.method(id_in_group, message)` in place of the strategies. Made by who plays the bots, for
// one call, on that thread. Guarantee: when `method` returns, the message has been handled, and
// `group` is as it is after it.
#pragma once

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "actors/value.h"

namespace rialto {

// What came of one live message, as it was delivered.
class LiveReply {
 public:
  // The last payload the player heard; null if none.
  Value heard(int id_in_group) const {
    Value last;
    for (const auto& [player, payload] : payloads) {
      if (player == id_in_group) last = payload;
    }
    return last;
  }
  // Nobody heard anything, and it was not refused.
  bool empty() const { return payloads.empty() && code.empty(); }

  std::vector<std::pair<int, Value>> payloads;  // by id_in_group, in the order they came
  std::string code;     // why it was refused ("bad_message", "app_error", …), or ""
  std::string message;  // the sentence the sender sees
};

struct LiveCall {
  std::string page;
  std::string case_name;
  int round_number = 1;
  // The player's page sends this.
  std::function<LiveReply(int id_in_group, const Value& message)> method;
};

}  // namespace rialto
