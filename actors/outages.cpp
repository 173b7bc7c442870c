#include "actors/outages.h"

namespace rialto {

Outages::Outages(const Clock& clock, std::int64_t last_alive)
    : clock_(clock), last_alive_(clock.now()) {
  if (last_alive == 0 || last_alive >= last_alive_) return;
  from_ = last_alive;
  until_ = last_alive_.load();
}

Outages::Span Outages::check() {
  const std::int64_t now = clock_.now();
  if (now - last_alive_ > shortest) {
    const std::lock_guard lock(mutex_);
    const std::int64_t before = last_alive_;
    if (now - before > shortest) {
      from_ = before;
      until_ = now;
      last_alive_ = now;
    }
  }
  const std::int64_t until = until_;
  return {from_, until};
}

std::int64_t Outages::alive() {
  check();
  last_alive_ = clock_.now();
  return last_alive_;
}

}  // namespace rialto
