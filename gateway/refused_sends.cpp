#include "gateway/refused_sends.h"

#include <algorithm>

namespace rialto {

std::string_view RefusedSends::come(std::string_view sender, std::uint64_t number) {
  const auto refusal = std::ranges::find(refusals_, sender, &Refusal::sender);
  if (refusal == refusals_.end() || number < refusal->from) return {};
  if (number > refusal->from) return refusal->code;
  refusals_.erase(refusal);
  return {};
}

void RefusedSends::refuse(const std::string& sender, std::uint64_t number,
                          const std::string& code) {
  const auto refusal = std::ranges::find(refusals_, sender, &Refusal::sender);
  if (refusal == refusals_.end()) {
    if (refusals_.size() >= senders_kept_) refusals_.erase(refusals_.begin());
    refusals_.push_back({sender, number, code});
  } else if (number <= refusal->from) {
    *refusal = {sender, number, code};
  }
}

void RefusedSends::settle(std::string_view sender, std::uint64_t number) {
  std::erase_if(refusals_, [&](const Refusal& refusal) {
    return refusal.sender == sender && refusal.from <= number;
  });
}

}  // namespace rialto
