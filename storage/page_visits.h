// When the players of a unit came to their pages and how they left them, by its records in order.
// Owned by the export, beside the FoldedUnit of the same unit; private to storage/.
// Guarantee: each page instance of a player is told once, when it is left.
#pragma once

#include <cstdint>
#include <vector>

#include "storage/record.h"

namespace rialto {

enum class LeftBy : std::uint8_t { nothing, submit, timeout, advance, wait, move, drop };

struct PageVisit {
  std::uint32_t player = 0;
  PageRef page;
  std::int64_t arrived = 0;  // when a live page first spoke to the server; 0: never
  std::int64_t left = 0;     // 0: not yet
  LeftBy left_by = LeftBy::nothing;
  bool first = true;  // the page the player began on
};

class PageVisits {
 public:
  explicit PageVisits(std::size_t players) : current_(players) {
    for (std::size_t i = 0; i < players; ++i)
      current_[i].player = static_cast<std::uint32_t>(i) + 1;
  }

  // Takes a record that the unit took, too; returns the visits it ended.
  std::vector<PageVisit> take(const Record& record);
  // The pages that players have not left, also what is past the last one; not the first page of
  // those who have never been seen.
  std::vector<PageVisit> open() const;

 private:
  std::vector<PageVisit> current_;  // of each player
};

}  // namespace rialto
