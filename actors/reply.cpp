#include "actors/reply.h"

#include <algorithm>

#include "actors/errors.h"
#include "actors/model.h"
#include "actors/stored_value.h"

namespace rialto {

ReplyEntry::ReplyEntry(const PlayerBase& player, Value payload)
    : ReplyEntry(player.id_in_group(), std::move(payload)) {}

Reply::Reply(std::initializer_list<ReplyEntry> entries) {
  entries_.reserve(entries.size());
  for (const ReplyEntry& entry : entries) {
    entries_.push_back({entry.id_, std::move(entry.payload_)});
  }
}

Reply operator+(Reply first, Reply second) {
  if (first.refusal_.empty()) first.refusal_ = std::exchange(second.refusal_, {});
  std::vector<Reply> more = std::exchange(second.more_, {});
  first.more_.push_back(std::move(second));
  std::move(more.begin(), more.end(), std::back_inserter(first.more_));
  return first;
}

Reply to(std::int64_t id_in_group, Value payload) {
  Reply reply;
  reply.entries_.push_back({id_in_group, std::move(payload)});
  return reply;
}

Reply to(const PlayerBase& player, Value payload) {
  return to(player.id_in_group(), std::move(payload));
}

Reply broadcast(Value payload) { return to(everyone, std::move(payload)); }

Reply everyone_but(std::int64_t id_in_group, Value payload) {
  Reply reply = broadcast(std::move(payload));
  reply.entries_.push_back({id_in_group, nullptr});
  return reply;
}

Reply everyone_but(const PlayerBase& player, Value payload) {
  return everyone_but(player.id_in_group(), std::move(payload));
}

Reply reject(std::string why) {
  Reply reply;
  reply.refusal_ = why.empty() ? "refused" : std::move(why);
  return reply;
}

Reply transient(Reply reply) {
  reply.retention_ = Retention::transient;
  for (Reply& more : reply.more_) more.retention_ = Retention::transient;
  return reply;
}

Reply latest(std::string_view key, Reply reply) {
  reply.retention_ = Retention::latest;
  reply.key_ = key;
  for (Reply& more : reply.more_) more = latest(key, std::move(more));
  return reply;
}

std::vector<StoredReply> resolve(const Reply& reply, std::size_t players, PageRef page) {
  if (!reply.refusal().empty()) throw BadMessage(reply.refusal());
  std::vector<StoredReply> stored;
  reply.resolve_to(stored, players, page);
  for (const Reply& more : reply.more_) more.resolve_to(stored, players, page);
  return stored;
}

void Reply::resolve_to(std::vector<StoredReply>& stored, std::size_t players, PageRef page) const {
  check(players);
  const auto store = [&](const Value& payload) -> StoredReply& {
    StoredReply& made = stored.emplace_back();
    made.page = page;
    made.retention = retention_;
    made.key = key_;
    made.payload = stored_text(payload);
    return made;
  };
  if (entries_.size() == 1 && entries_.front().id == everyone) {
    if (is_sent(&entries_.front().payload)) store(entries_.front().payload);
    return;
  }
  const std::size_t first = stored.size();
  std::vector<std::pair<const Value*, std::size_t>> seen;  // payloads and where they are stored
  for (std::uint32_t id = 1; id <= players; ++id) {
    const Value* payload = payload_of(id);
    if (!is_sent(payload)) continue;
    const auto same = [payload](const auto& entry) { return entry.first == payload; };
    const auto found = std::find_if(seen.begin(), seen.end(), same);
    if (found != seen.end()) {
      stored[found->second].receivers.push_back(id);
      continue;
    }
    StoredReply made = std::move(store(*payload));
    stored.pop_back();
    const auto equal = [&made](const StoredReply& other) { return other.payload == made.payload; };
    auto place =
        std::find_if(stored.begin() + static_cast<std::ptrdiff_t>(first), stored.end(), equal);
    if (place == stored.end()) place = stored.insert(place, std::move(made));
    place->receivers.push_back(id);
    seen.emplace_back(payload, static_cast<std::size_t>(place - stored.begin()));
  }
  if (stored.size() == first + 1 && stored.back().receivers.size() == players) {
    stored.back().receivers.clear();
  }
}

// What the player gets by name, or else with everyone; null if nothing was said.
const Value* Reply::payload_of(std::int64_t id) const {
  const Value* general = nullptr;
  for (const Entry& entry : entries_) {
    if (entry.id == id) return &entry.payload;
    if (entry.id == everyone) general = &entry.payload;
  }
  return general;
}

bool Reply::is_sent(const Value* payload) const {
  return payload != nullptr && (!payload->is_null() || retention_ == Retention::latest);
}

void Reply::check(std::size_t players) const {
  std::vector<std::int64_t> ids;
  for (const Entry& entry : entries_) {
    if (entry.id < 0 || std::cmp_greater(entry.id, players)) {
      throw AppError("the reply is for player " + std::to_string(entry.id) +
                     ", but the group has players 1 to " + std::to_string(players));
    }
    if (entries_.size() > 1) ids.push_back(entry.id);
  }
  std::sort(ids.begin(), ids.end());
  const auto twice = std::adjacent_find(ids.begin(), ids.end());
  if (twice != ids.end()) {
    throw AppError("the reply names " +
                   (*twice == everyone ? "everyone" : "player " + std::to_string(*twice)) +
                   " twice");
  }
}

}  // namespace rialto
