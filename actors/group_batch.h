// The records of one commit of a unit, and what may be said once they are durable. Private to
// GroupActor. Owned by the unit's actor until it is submitted, by the commit queue from then on.
// Guarantee: what it says leaves on the committer's thread, after the fsync, before the unit hears
// of it.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "actors/group_actor.h"

namespace rialto {

class GroupActor::Batch final : public Commit {
 public:
  void committed() noexcept override {
    if (!release_->deliveries.empty() || !release_->outcomes.empty() || !release_->moves.empty() ||
        !release_->times.empty() || !release_->bereft.empty()) {
      const ReleasePtr release = release_;
      for (const caf::actor& gateway : gateways) caf::anon_send(gateway, release);
    }
    caf::anon_send(unit, committed_atom::value, release_->upto, release_->time);
  }

  // Takes what a record says out of it; its bytes were encoded before.
  void add(Record& record) {
    for (StoredReply& reply : record.replies) {
      if (reply.retention == Retention::latest && reply.payload == "null") continue;  // key is over
      release_->deliveries.push_back({record.sequence, record.time, reply.page,
                                      std::move(reply.receivers), reply.retention,
                                      std::move(reply.key), std::move(reply.payload)});
    }
    for (PageMove& move : record.moves) release_->moves.push_back(move);
    release_->upto = record.sequence;
    release_->time = record.time;
    ++steps;
  }
  Release& release() { return *release_; }
  ReleasePtr shared_release() const { return release_; }

  std::string block;  // encoded records, one after the other
  std::size_t steps = 0;
  bool due = false;  // does the unit have something to do by itself after these records?
  std::vector<caf::actor> gateways;
  caf::actor unit;

 private:
  std::shared_ptr<Release> release_ = std::make_shared<Release>();
};

}  // namespace rialto
