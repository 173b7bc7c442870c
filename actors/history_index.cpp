#include "actors/history_index.h"

#include <algorithm>

namespace rialto {

void HistoryIndex::add(std::uint64_t record, PageRef page,
                       const std::vector<std::uint32_t>& receivers) {
  const auto note = [&](std::uint32_t seat) {
    std::vector<std::uint64_t>& records = said_[{page, seat}];
    const bool is_known = !records.empty() && (of_ == Of::one_group || records.back() == record);
    if (!is_known) records.push_back(record);
  };
  if (receivers.empty() || of_ == Of::one_group) return note(0);
  for (const std::uint32_t seat : receivers) note(seat);
}

std::uint64_t HistoryIndex::next(PageRef page, std::uint32_t player, std::uint64_t after) const {
  const std::uint64_t of_all = next({page, 0}, after);
  if (of_ == Of::one_group) return of_all;
  const std::uint64_t own = next({page, player}, after);
  return of_all == 0 || own == 0 ? std::max(of_all, own) : std::min(of_all, own);
}

std::uint64_t HistoryIndex::next(const Place& place, std::uint64_t after) const {
  const auto found = said_.find(place);
  if (found == said_.end()) return 0;
  const std::vector<std::uint64_t>& records = found->second;
  if (of_ == Of::one_group) {
    const std::uint64_t record = std::max(records.front(), after + 1);
    return record <= upto_ ? record : 0;
  }
  const auto later = std::upper_bound(records.begin(), records.end(), after);
  return later == records.end() ? 0 : *later;
}

}  // namespace rialto
