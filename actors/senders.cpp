#include "actors/senders.h"

#include <algorithm>

namespace rialto {

Senders::Standing Senders::standing(std::uint32_t player, const std::string& sender,
                                    std::uint64_t number) const {
  const Player& his = players_.at(player - 1);
  const auto found = his.senders.find(sender);
  if (found == his.senders.end()) {
    if (number != 1) return Standing::gap;
    return his.here.size() < bound_ ? Standing::next : Standing::too_many;
  }
  if (number <= found->second.highest) return Standing::repeated;
  return number == found->second.highest + 1 ? Standing::next : Standing::gap;
}

void Senders::consume(std::uint32_t player, const std::string& sender, std::uint64_t number,
                      const std::string& code, From from, std::int64_t now) {
  Player& his = players_.at(player - 1);
  const auto [entry, is_new] = his.senders.try_emplace(sender);
  entry->second.highest = number;
  if (!code.empty()) {
    auto& refusals = entry->second.refusals;
    refusals.emplace_back(number, code);
    if (refusals.size() > refusals_kept) refusals.erase(refusals.begin());
  }
  if (!is_new) return;
  if (from == From::page_of_player) {
    his.here.push_back(sender);
  } else {
    entry->second.left = now;
    his.left.push_back(sender);
  }
  forget_old(his, now);
  if (his.senders.size() > bound_) forget_first(his);
}

void Senders::leave_page(std::uint32_t player, std::int64_t now) {
  Player& his = players_.at(player - 1);
  for (std::string& sender : his.here) {
    his.senders.at(sender).left = now;
    his.left.push_back(std::move(sender));
  }
  his.here.clear();
  forget_old(his, now);
}

void Senders::forget_old(Player& player, std::int64_t now) {
  while (!player.left.empty() &&
         player.senders.at(player.left.front()).left + kept_after_leaving <= now) {
    forget_first(player);
  }
}

void Senders::forget_first(Player& player) {
  if (player.left.empty()) return;
  player.senders.erase(player.left.front());
  player.left.pop_front();
}

std::string Senders::refusal(std::uint32_t player, const std::string& sender,
                             std::uint64_t number) const {
  const auto& senders = players_.at(player - 1).senders;
  const auto found = senders.find(sender);
  if (found == senders.end()) return {};
  for (const auto& [refused, code] : found->second.refusals) {
    if (refused == number) return code;
  }
  return {};
}

// The order is that of `left` and `here`: it decides who is forgotten first.
Value Senders::to_value() const {
  Value players = Value::empty_list();
  for (const Player& player : players_) {
    Value entries = Value::empty_list();
    const auto put = [&](const std::string& id) {
      const Sender& sender = player.senders.at(id);
      Value refusals = Value::empty_list();
      for (const auto& [number, code] : sender.refusals) {
        refusals.append(list(static_cast<std::int64_t>(number), code));
      }
      Value entry = list(id, static_cast<std::int64_t>(sender.highest), std::move(refusals));
      if (sender.left != 0) entry.append(sender.left);
      entries.append(std::move(entry));
    };
    std::ranges::for_each(player.left, put);
    std::ranges::for_each(player.here, put);
    players.append(std::move(entries));
  }
  return players;
}

void Senders::restore(const Value& value) {
  for (std::size_t index = 0; index < players_.size() && index < value.size(); ++index) {
    Player& player = players_[index];
    const auto put = [&](const std::string& id, const Value& highest, const Value& refusals) {
      Sender& sender = player.senders[id];
      sender.highest = static_cast<std::uint64_t>(highest.stored_whole());
      for (const Value& refusal : refusals) {
        sender.refusals.emplace_back(static_cast<std::uint64_t>(refusal[0].stored_whole()),
                                     refusal[1].as<std::string>());
      }
      return &sender;
    };
    if (value[index].is_object()) {  // from before pages were told apart
      for (const auto& [id, entry] : value[index].members()) {
        put(id, entry[0], entry[1]);
        player.here.push_back(id);
      }
      continue;
    }
    for (const Value& entry : value[index]) {
      const auto id = entry[0].as<std::string>();
      Sender* const sender = put(id, entry[1], entry[2]);
      if (entry.size() > 3) sender->left = entry[3].stored_whole();
      sender->left != 0 ? player.left.push_back(id) : player.here.push_back(id);
    }
  }
}

}  // namespace rialto
