// Which sends of a unit's players have been consumed (rules.md 1 and 2): the highest number of each
// page load that ever sent, and the codes of the newest refusals, so that a repeat gets its answer
// again. Owned by a Unit, on its thread. Guarantee: a consumed number is never taken for a new one.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "actors/value.h"

namespace rialto {

class Senders {
 public:
  enum class Standing {
    next,      // the one number that may be consumed now
    repeated,  // consumed before
    gap,       // a number before it was never seen: sends were lost
    too_many,  // one page load too many for this player
  };

  Senders(std::size_t players, std::size_t senders_per_player)
      : bound_(senders_per_player), players_(players) {}

  Standing standing(std::uint32_t player, const std::string& sender, std::uint64_t number) const;
  // Takes `number`; `code` is empty unless it was refused.
  void consume(std::uint32_t player, const std::string& sender, std::uint64_t number,
               const std::string& code);
  // The code a consumed number was refused with; empty if it was handled (or is long gone).
  std::string refusal(std::uint32_t player, const std::string& sender, std::uint64_t number) const;

  // For the unit's snapshot: a list with an object {sender: [highest, [[number, code], …]]} a
  // player.
  Value to_value() const;
  void restore(const Value& value);

 private:
  // A repeat can only be of an unacknowledged send, of which a page keeps at most 256.
  static constexpr std::size_t refusals_kept = 256;

  struct Sender {
    std::uint64_t highest = 0;
    std::deque<std::pair<std::uint64_t, std::string>> refusals;
  };
  using Table = std::unordered_map<std::string, Sender>;

  const Table& table(std::uint32_t player) const { return players_.at(player - 1); }

  std::size_t bound_;
  std::vector<Table> players_;
};

}  // namespace rialto
