#include "actors/senders.h"

namespace rialto {

Senders::Standing Senders::standing(std::uint32_t player, const std::string& sender,
                                    std::uint64_t number) const {
  const Table& senders = table(player);
  const auto found = senders.find(sender);
  if (found == senders.end()) {
    if (number != 1) return Standing::gap;
    return senders.size() < bound_ ? Standing::next : Standing::too_many;
  }
  if (number <= found->second.highest) return Standing::repeated;
  return number == found->second.highest + 1 ? Standing::next : Standing::gap;
}

void Senders::consume(std::uint32_t player, const std::string& sender, std::uint64_t number,
                      const std::string& code) {
  Sender& entry = players_.at(player - 1)[sender];
  entry.highest = number;
  if (code.empty()) return;
  entry.refusals.emplace_back(number, code);
  if (entry.refusals.size() > refusals_kept) entry.refusals.pop_front();
}

std::string Senders::refusal(std::uint32_t player, const std::string& sender,
                             std::uint64_t number) const {
  const auto found = table(player).find(sender);
  if (found == table(player).end()) return {};
  for (const auto& [refused, code] : found->second.refusals) {
    if (refused == number) return code;
  }
  return {};
}

Value Senders::to_value() const {
  std::vector<Value> players;
  for (const Table& senders : players_) {
    Value entries = Value::object();
    for (const auto& [id, sender] : senders) {
      std::vector<Value> refusals;
      for (const auto& [number, code] : sender.refusals) {
        refusals.push_back(list(static_cast<std::int64_t>(number), code));
      }
      entries.set(id, list(static_cast<std::int64_t>(sender.highest), Value(refusals)));
    }
    players.push_back(std::move(entries));
  }
  return Value(players);
}

void Senders::restore(const Value& value) {
  for (std::size_t player = 0; player < players_.size() && player < value.size(); ++player) {
    for (const auto& [id, entry] : value[player].members()) {
      Sender& sender = players_[player][id];
      sender.highest = static_cast<std::uint64_t>(entry[0].as<std::int64_t>());
      for (const Value& refusal : entry[1]) {
        sender.refusals.emplace_back(static_cast<std::uint64_t>(refusal[0].as<std::int64_t>()),
                                     refusal[1].as<std::string>());
      }
    }
  }
}

}  // namespace rialto
