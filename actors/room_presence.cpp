#include "actors/room_presence.h"

#include <algorithm>
#include <chrono>

namespace rialto {

void RoomPresence::seen(const std::string& room, const std::string& visitor, std::int64_t now) {
  Room& here = rooms_[room];
  if (const auto known = here.visitors.find(visitor); known != here.visitors.end()) {
    known->second = now;
    return;
  }
  const bool is_full = here.visitors.size() >= limits_.room_visitors;
  if (is_full && !is_present(here.cleaned, now)) {  // seldom: it looks at everybody
    here.cleaned = now;
    std::erase_if(here.visitors, [&](const auto& each) { return !is_present(each.second, now); });
  }
  if (here.visitors.size() < limits_.room_visitors) here.visitors.emplace(visitor, now);
}

std::vector<std::string> RoomPresence::present(const std::string& room, std::int64_t now) const {
  std::vector<std::string> all;
  const auto found = rooms_.find(room);
  if (found == rooms_.end()) return all;
  for (const auto& [visitor, seen] : found->second.visitors) {
    if (is_present(seen, now)) all.push_back(visitor);
  }
  std::ranges::sort(all);
  return all;
}

std::vector<std::string> RoomPresence::rooms() const {
  std::vector<std::string> all;
  for (const auto& [room, here] : rooms_) all.push_back(room);
  return all;
}

bool RoomPresence::is_present(std::int64_t seen, std::int64_t now) const {
  return std::chrono::microseconds(now - seen) <= limits_.room_presence;
}

}  // namespace rialto
