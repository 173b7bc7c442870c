#include "actors/outages.h"

#include <algorithm>
#include <sstream>

namespace rialto {

Outages::Outages(const Clock& clock, std::string_view sign)
    : clock_(clock), last_alive_(clock.now()) {
  std::istringstream words{std::string(sign)};
  std::int64_t from = 0;
  Uptime before;
  if (!(words >> from)) return;
  words >> before.lasted >> before.boot;  // signs of older builds end here
  const Uptime uptime = clock.uptime();
  const std::int64_t until = last_alive_;
  const bool same_boot = !before.boot.empty() && before.boot == uptime.boot;
  const std::int64_t lasted =
      std::max<std::int64_t>(0, same_boot ? uptime.lasted - before.lasted : until - from);
  set_back_ = std::max<std::int64_t>(0, from + lasted - until);
  newest_ = {from - set_back_, until, lasted};
}

OutageSpan Outages::check() {
  const std::int64_t now = clock_.now();
  if (now - last_alive_ > shortest) {
    const std::lock_guard lock(mutex_);
    const std::int64_t before = last_alive_;
    if (now - before > shortest) {
      newest_ = {before, now, now - before};
      last_alive_ = now;
    }
  }
  const std::lock_guard lock(mutex_);
  return newest_;
}

std::string Outages::alive() {
  check();
  const std::int64_t now = clock_.now();
  last_alive_ = now;
  const Uptime uptime = clock_.uptime();
  return std::to_string(now) + ' ' + std::to_string(uptime.lasted) + ' ' + uptime.boot;
}

}  // namespace rialto
