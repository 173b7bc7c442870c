// What one participant takes of one I/O thread: open windows, sends and requests a second, bytes of
// forms that are being read (rules.md 19). Kept while something of it is there or may be owed.
// Owned by the Exchange, on its thread. Guarantee: all who are known by no cookie are one, so there
// are at most as many as there are participants.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "actors/limits.h"
#include "gateway/token_bucket.h"

namespace rialto {

class Connection;

class ParticipantUse {
 public:
  using TimePoint = TokenBucket::TimePoint;

  ParticipantUse(const Limits& limits, TimePoint now);

  TokenBucket& sends() { return sends_; }
  // What is refused is answered only so often; then nothing more is read for a while.
  TokenBucket& refusals() { return refusals_; }
  TokenBucket& requests() { return requests_; }

  // The windows that are open, oldest first.
  const std::vector<Connection*>& windows() const { return windows_; }
  void open(Connection& window) { windows_.push_back(&window); }
  void close(Connection& window);
  // What may wait for each of the windows.
  std::size_t outbox() const;

  // Room for a body that is about to be read; false: not now.
  bool reserve_body(std::size_t bytes);
  void release_body(std::size_t bytes) { body_bytes_ -= bytes; }

  // Nothing would be lost with it.
  bool is_unused(TimePoint now);

 private:
  const Limits& limits_;
  TokenBucket sends_;
  TokenBucket refusals_;
  TokenBucket requests_;
  std::vector<Connection*> windows_;
  std::size_t body_bytes_ = 0;
};

class ParticipantUses {
 public:
  using TimePoint = TokenBucket::TimePoint;

  // `limits` outlives it.
  explicit ParticipantUses(const Limits& limits) : limits_(limits) {}

  // Who holds it keeps it: a line that was closed may stay for a while after its window.
  std::shared_ptr<ParticipantUse> of(const std::string& participant, TimePoint now);
  void sweep(TimePoint now);

 private:
  const Limits& limits_;
  std::unordered_map<std::string, std::shared_ptr<ParticipantUse>> uses_;
};

// The room that one request's body takes of its participant's. A plain value, moved; released where
// it ends.
class BodyShare {
 public:
  BodyShare() = default;
  BodyShare(std::shared_ptr<ParticipantUse> use, std::size_t bytes)
      : use_(std::move(use)), bytes_(bytes) {}
  BodyShare(BodyShare&& other) noexcept = default;
  BodyShare& operator=(BodyShare&& other) noexcept {
    std::swap(use_, other.use_);
    std::swap(bytes_, other.bytes_);
    return *this;
  }
  ~BodyShare() {
    if (use_) use_->release_body(bytes_);
  }

 private:
  std::shared_ptr<ParticipantUse> use_;
  std::size_t bytes_ = 0;
};

}  // namespace rialto
