#include "actors/outages.h"

namespace rialto {

Outages::Outages(const Clock& clock, std::int64_t last_alive)
    : clock_(clock), last_alive_(clock.now()) {
  if (last_alive != 0 && last_alive < last_alive_) newest_ = {last_alive, last_alive_};
}

Outages::Span Outages::check() {
  const std::int64_t now = clock_.now();
  const std::lock_guard lock(mutex_);
  const std::int64_t before = last_alive_;
  if (now - before > shortest) {
    newest_ = {before, now};
    last_alive_ = now;
  }
  return newest_;
}

std::int64_t Outages::alive() {
  check();
  last_alive_ = clock_.now();
  return last_alive_;
}

}  // namespace rialto
