// What a game answers: to whom what goes, as oTree's dict by id_in_group, and how long it is kept.
// A plain value, made by a handler, resolved to stored replies in the same step.
// Guarantees: a payload for many is encoded once; a reply to somebody who is not there is an
// AppError.
#pragma once

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/advice.h"
#include "actors/value.h"
#include "storage/record.h"

namespace rialto {

class PlayerBase;

// Stands for all players of the group in a reply, the sender too.
inline constexpr std::int64_t everyone = 0;

// One `{id_in_group, payload}` of a reply. A null payload means not this player.
class ReplyEntry {
 public:
  ReplyEntry(std::int64_t id_in_group, Value payload)
      : id_(id_in_group), payload_(std::move(payload)) {}
  ReplyEntry(const PlayerBase& player, Value payload);
  // clang-format off
  template <class Key, class V, Text advice = "a Reply says to whom: broadcast({{\"key\", value}}), to(player, {{\"key\", value}})">
    requires std::convertible_to<Key, std::string_view>
  ReplyEntry(const Key&, V&&) = delete;  // a Reply says to whom: broadcast({{"key", value}}), to(player, {{"key", value}})
  // clang-format on

 private:
  friend class Reply;
  std::int64_t id_;
  mutable Value payload_;  // moved out of the braces' array, which is const
};

class Reply {
 public:
  // Silence: nobody gets anything. `return {};`
  Reply() = default;
  // {{2, a}, {3, b}}, {{everyone, x}}, {{everyone, x}, {2, y}}: a named player wins over everyone.
  Reply(std::initializer_list<ReplyEntry> entries);
  // clang-format off
  template <class T, Text advice = "a Reply says to whom: broadcast(x), to(player, x), or {} for silence">
    requires(!std::same_as<T, Reply> && std::constructible_from<Value, const T&>)
  Reply(const T&) = delete;  // a Reply says to whom: broadcast(x), to(player, x), or {} for silence
  // clang-format on

  // Both: the players get the first reply's payloads, then the second's.
  friend Reply operator+(Reply first, Reply second);
  Reply& operator+=(Reply second) { return *this = std::move(*this) + std::move(second); }

  // The sentence of `reject(…)`; empty if it rejects nothing.
  const std::string& refusal() const { return refusal_; }

 private:
  struct Entry {
    std::int64_t id;
    Value payload;
  };

  friend Reply to(std::int64_t id_in_group, Value payload);
  friend Reply everyone_but(std::int64_t id_in_group, Value payload);
  friend Reply transient(Reply reply);
  friend Reply latest(std::string_view key, Reply reply);
  friend Reply reject(std::string why);
  friend std::vector<StoredReply> resolve(const Reply& reply, std::size_t players, PageRef page);

  void resolve_to(std::vector<StoredReply>& stored, std::size_t players, PageRef page) const;
  const Value* payload_of(std::int64_t id) const;
  void check(std::size_t players) const;
  bool is_sent(const Value* payload) const;

  std::vector<Entry> entries_;
  Retention retention_ = Retention::log;
  std::string key_;
  std::vector<Reply> more_;  // what was added with +
  std::string refusal_;
};

// To one player, by id_in_group or as an object; oneself is fine.
Reply to(std::int64_t id_in_group, Value payload);
Reply to(const PlayerBase& player, Value payload);
// To all players of the group, the sender too.
Reply broadcast(Value payload);
Reply everyone_but(std::int64_t id_in_group, Value payload);
Reply everyone_but(const PlayerBase& player, Value payload);
// No: nothing changes, and the sender alone is told why. The same as `throw BadMessage(why)`, which
// also works from within a function that returns something else, but several times cheaper.
Reply reject(std::string why);
// Never replayed: the answer to a page's load request, an error for one sender.
Reply transient(Reply reply);
// The whole value of `key` (a price, a clock, a board): only the newest is replayed. A null payload
// ends the key: nothing is replayed for it any more.
Reply latest(std::string_view key, Reply reply);

// clang-format off
template <class T, class... Rest, Text advice = "broadcast(x) takes one value: broadcast({{\"key\", value}}); to(player, x) is for one player">
  requires(sizeof...(Rest) > 0)
Reply broadcast(const T&, const Rest&...) = delete;  // broadcast(x) takes one value: broadcast({{"key", value}}); to(player, x) is for one player
// clang-format on

// The replies as stored for `page`: each payload is encoded once, players with equal payloads share
// one. AppError if it names a player who is not there or one player twice, or holds no JSON;
// BadMessage if it rejects the message.
std::vector<StoredReply> resolve(const Reply& reply, std::size_t players, PageRef page);

}  // namespace rialto
