#include "gateway/participant_use.h"

#include <algorithm>

namespace rialto {
namespace {

// A page that waits and repeats may have all that it keeps refused again and again: to say so is
// cheap, and it is to come through.
constexpr double refused_per_sent = 4;

}  // namespace

ParticipantUse::ParticipantUse(const Limits& limits, TimePoint now)
    : limits_(limits),
      sends_(limits.sends_per_second, limits.sends_burst, now),
      refusals_(refused_per_sent * limits.sends_per_second,
                std::max<double>(limits.sends_burst, static_cast<double>(limits.pending)), now),
      requests_(limits.requests_per_second, limits.requests_burst, now) {}

void ParticipantUse::close(Connection& window) { std::erase(windows_, &window); }

std::size_t ParticipantUse::outbox() const {
  return windows_.size() < 2 ? limits_.outbox : limits_.outbox / windows_.size();
}

bool ParticipantUse::reserve_body(std::size_t bytes) {
  if (body_bytes_ + bytes > limits_.body) return false;
  body_bytes_ += bytes;
  return true;
}

bool ParticipantUse::is_unused(TimePoint now) {
  return windows_.empty() && body_bytes_ == 0 && sends_.is_full(now) && refusals_.is_full(now) &&
         requests_.is_full(now);
}

std::shared_ptr<ParticipantUse> ParticipantUses::of(const std::string& participant, TimePoint now) {
  std::shared_ptr<ParticipantUse>& use = uses_[participant];
  if (!use) use = std::make_shared<ParticipantUse>(limits_, now);
  return use;
}

void ParticipantUses::sweep(TimePoint now) {
  std::erase_if(uses_, [now](const auto& each) {
    return each.second.use_count() == 1 && each.second->is_unused(now);
  });
}

}  // namespace rialto
