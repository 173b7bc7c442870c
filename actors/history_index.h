// Which records of a unit hold something that was said on a page, so that whoever loads a page or
// reconnects is read those and not the whole log. Owned by a UnitHistory, on its thread.
// Guarantee: no record up to `upto` that said something is missed. Limitation: in memory only; of a
// unit of one group it knows where a page's messages begin, of a whole app's unit each record,
// eight bytes for each receiver.
#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "storage/record.h"

namespace rialto {

class HistoryIndex {
 public:
  enum class Of { one_group, whole_app };
  explicit HistoryIndex(Of of) : of_(of) {}

  // Everything up to this record is known.
  std::uint64_t upto() const { return upto_; }
  // In the order of the records, each above `upto`; `receivers` are seats, none: everyone.
  void add(std::uint64_t record, PageRef page, const std::vector<std::uint32_t>& receivers);
  // All that was said up to this record has been added.
  void reach(std::uint64_t record) { upto_ = record; }
  // The first known record after `after` that may have something for the player there; 0: none.
  std::uint64_t next(PageRef page, std::uint32_t player, std::uint64_t after) const;

 private:
  using Place = std::pair<PageRef, std::uint32_t>;  // the seat; 0: everyone's

  std::uint64_t next(const Place& place, std::uint64_t after) const;

  const Of of_;
  std::uint64_t upto_ = 0;
  std::map<Place, std::vector<std::uint64_t>> said_;  // records, ascending; of one group: the first
};

}  // namespace rialto
