// Which sends of a connection are refused for the sake of an earlier one: once a send was refused
// for now ("too_fast", "storage_full", "busy"), all above it of the same sender are refused with
// its code until it comes again (rules.md 2), so that none overtakes it. Owned by the Connection,
// on its thread. Limitation: of a browser with very many senders the oldest refusal is forgotten;
// the unit then tells it of the gap.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace rialto {

class RefusedSends {
 public:
  // Of so many senders refusals are kept.
  explicit RefusedSends(std::size_t senders_kept) : senders_kept_(senders_kept) {}

  // Why this send cannot be taken; empty: it can. The send that was refused first lifts the
  // refusal.
  std::string_view come(std::string_view sender, std::uint64_t number);
  // From `number` on; where an earlier one is refused already, that stays.
  void refuse(const std::string& sender, std::uint64_t number, const std::string& code);
  // Everything of `sender` up to `number` has been answered for good.
  void settle(std::string_view sender, std::uint64_t number);

 private:
  struct Refusal {
    std::string sender;
    std::uint64_t from;
    std::string code;
  };

  std::size_t senders_kept_;
  std::vector<Refusal> refusals_;  // one a sender
};

}  // namespace rialto
