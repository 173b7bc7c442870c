#include "actors/latest_values.h"

#include <algorithm>

#include "actors/page_value.h"

namespace rialto {

void LatestValues::note(const Record& record, std::size_t players) {
  for (const StoredReply& reply : record.replies) {
    if (reply.retention != Retention::latest) continue;
    Replaced replaced{record.sequence, {reply.page, reply.key}, {}};
    std::vector<std::uint64_t>& newest = newest_[replaced.key];
    newest.resize(players, 0);
    const auto replace = [&](std::uint32_t player) {
      std::uint64_t& number = newest.at(player - 1);
      replaced.before.emplace_back(player, std::exchange(number, record.sequence));
    };
    for (const std::uint32_t player : reply.receivers) replace(player);
    for (std::uint32_t player = 1; reply.receivers.empty() && player <= players; ++player) {
      replace(player);
    }
    replaced_.push_back(std::move(replaced));
  }
}

void LatestValues::committed(std::uint64_t upto) {
  while (!replaced_.empty() && replaced_.front().record <= upto) replaced_.pop_front();
}

bool LatestValues::superseded(PageRef page, const std::string& key, std::uint32_t player,
                              std::uint64_t record, std::uint64_t committed) const {
  const auto found = newest_.find({page, key});
  if (found == newest_.end()) return false;
  std::uint64_t newest = found->second.at(player - 1);
  // Back from the newest to the one that was it when the last commit was made.
  for (auto each = replaced_.rbegin(); newest > committed && each != replaced_.rend(); ++each) {
    if (each->record <= committed) break;
    if (each->key != found->first) continue;
    for (const auto& [whose, before] : each->before) {
      if (whose == player) newest = before;
    }
  }
  return newest > record;
}

Value LatestValues::to_value() const {
  std::vector<Value> entries;
  for (const auto& [key, newest] : newest_) {
    std::vector<Value> records;
    for (const std::uint64_t record : newest) {
      records.emplace_back(static_cast<std::int64_t>(record));
    }
    entries.push_back(list(page_value(key.first), key.second, Value(records)));
  }
  return Value(entries);
}

void LatestValues::restore(const Value& value) {
  for (const Value& entry : value) {
    std::vector<std::uint64_t>& newest = newest_[{page_from(entry[0]), entry[1].as<std::string>()}];
    for (const Value& record : entry[2]) {
      newest.push_back(static_cast<std::uint64_t>(record.as<std::int64_t>()));
    }
  }
}

}  // namespace rialto
