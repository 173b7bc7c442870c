// A bot on a live page: a strategy from what a player has heard to what the player sends next. The
// same one plays in unit tests (Table), `rialto bots` and `rialto load`. Owned by whoever plays it,
// on that thread. Guarantee: a bot hears what its player hears, no more.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "actors/ordinal.h"
#include "actors/value.h"

namespace rialto {

class BotPlayer {
 public:
  BotPlayer(int id_in_group, int players_in_group, std::uint64_t seed)
      : id_in_group_(id_in_group), players_in_group_(players_in_group), random_(seed | 1U) {}

  Ordinal id_in_group() const { return Ordinal(id_in_group_); }
  int players_in_group() const { return players_in_group_; }
  // The payload last received; null before the first.
  const Value& last() const { return last_; }
  std::uint64_t messages_seen() const { return messages_seen_; }
  // The bot's own notes from one message to the next; null at first.
  Value& memory() { return memory_; }
  std::uint64_t draw() {  // xorshift64*, Vigna 2016
    random_ ^= random_ >> 12U;
    random_ ^= random_ << 25U;
    random_ ^= random_ >> 27U;
    return random_ * 0x2545F4914F6CDD1DULL;
  }

  void saw(Value payload) {
    last_ = std::move(payload);
    ++messages_seen_;
  }

 private:
  int id_in_group_;
  int players_in_group_;
  std::uint64_t random_;
  std::uint64_t messages_seen_ = 0;
  Value last_;
  Value memory_;
};

// Called when the player may act: at first, and after each message it received or was refused.
// Nothing returned: the bot waits.
using BotStrategy = std::function<std::optional<Value>(BotPlayer&)>;

}  // namespace rialto
