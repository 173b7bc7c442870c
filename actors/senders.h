// Which sends of a unit's players have been consumed (rules.md 1 and 2): the highest number of each
// page load of which something may still come, and the codes of its newest refusals, so that a
// repeat gets its answer again. Owned by a Unit, on its thread. Guarantees: a consumed number is
// never taken for a new one; times are those of the records, so that what is forgotten is the same
// when they are played again. A load is forgotten a day after its page was left, or earlier where a
// player has more loads than the bound: those of the page that was left first.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/value.h"

namespace rialto {

class Senders {
 public:
  enum class Standing {
    next,      // the one number that may be consumed now
    repeated,  // consumed before
    gap,       // a number before it was never seen: sends were lost
    too_many,  // one load too many of the page the player is on
  };

  // Whether a send came from the page its player is on.
  enum class From { page_of_player, page_left };

  Senders(std::size_t players, std::size_t senders_per_player)
      : bound_(senders_per_player), players_(players) {}

  Standing standing(std::uint32_t player, const std::string& sender, std::uint64_t number) const;
  // Takes `number`; `code` is empty unless it was refused. `now`: microseconds since 1970.
  void consume(std::uint32_t player, const std::string& sender, std::uint64_t number,
               const std::string& code, From from, std::int64_t now);
  // The player is on another page.
  void leave_page(std::uint32_t player, std::int64_t now);
  // The code a consumed number was refused with; empty if it was handled (or is long gone).
  std::string refusal(std::uint32_t player, const std::string& sender, std::uint64_t number) const;

  // For the unit's snapshot: storage/README.md, Snapshots.
  Value to_value() const;
  void restore(const Value& value);

 private:
  // A repeat can only be of an unacknowledged send, of which a page keeps at most 256.
  static constexpr std::size_t refusals_kept = 256;
  // Nothing comes of a load whose page was left longer ago: a tab keeps what is unacknowledged
  // while it is open, and resends it when it has a line again.
  static constexpr std::int64_t kept_after_leaving = std::int64_t{24} * 3600 * 1'000'000;

  struct Sender {
    std::uint64_t highest = 0;
    std::int64_t left = 0;  // when its page was left; 0: it is the player's
    std::vector<std::pair<std::uint64_t, std::string>> refusals;
  };
  struct Player {
    std::unordered_map<std::string, Sender> senders;
    std::vector<std::string> here;  // those of the page the player is on
    std::deque<std::string> left;   // the others, in the order in which their pages were left
  };

  static void forget_old(Player& player, std::int64_t now);
  static void forget_first(Player& player);

  std::size_t bound_;
  std::vector<Player> players_;
};

}  // namespace rialto
