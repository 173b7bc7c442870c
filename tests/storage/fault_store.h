// A store in memory on a disk that fails when a test says so: writes that fail, before or after
// they took effect; unsynced writes that are lost with the power; a disk without room.
// Owned by a test; safe to use from any thread, but for the two verbs that change it.
// Guarantee: until a fault is asked for it behaves as MemoryStore (the conformance suite runs on
// it).
#pragma once

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "storage/memory_store.h"

namespace rialto {

class FaultStore final : public Store {
 public:
  enum class Outcome { lost, applied };  // of a write that is reported as failed

  // The `n`th write from now on (1 is the next) fails, and every later one too.
  void fail_write(int n, Outcome outcome = Outcome::lost) {
    outcome_ = outcome;
    writes_until_failure_ = n;
  }
  void set_room(bool has_room) { has_room_ = has_room; }

  // What the disk holds after a power cut now. No snapshot may be alive.
  void cut_power() {
    auto survived = std::make_unique<MemoryStore>(lineage_);
    copy(*durable_, *survived);
    seen_ = std::move(survived);
    unsynced_.clear();
    writes_until_failure_ = 0;
  }

  Result<std::string> get(std::string_view key) const override { return seen_->get(key); }
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    return seen_->scan(from, to, visit);
  }

  Result<void> write_joined(std::span<const std::span<const Write>> lists,
                            Durability durability) override {
    const std::lock_guard lock(mutex_);
    const Error failure{ErrorKind::unavailable, "the disk failed, as the test wished"};
    if (writes_until_failure_ > 0 && --writes_until_failure_ == 0) writes_until_failure_ = broken;
    const bool fails = writes_until_failure_ == broken;
    if (fails && outcome_ == Outcome::lost) return failure;
    if (fails) outcome_ = Outcome::lost;  // only the first one is applied
    for (const auto& writes : lists)
      unsynced_.insert(unsynced_.end(), writes.begin(), writes.end());
    if (auto written = seen_->write_joined(lists, durability); !written) return written;
    if (durability == Durability::synced) {
      if (auto written = durable_->write(unsynced_); !written) return written;
      unsynced_.clear();
    }
    if (fails) return failure;
    return {};
  }

  std::unique_ptr<Reader> snapshot() const override { return seen_->snapshot(); }
  bool has_room() const override { return has_room_; }
  const std::string& lineage() const override { return lineage_; }

 private:
  static constexpr int broken = -1;

  static void copy(const Store& from, Store& to) {
    std::vector<Write> all;
    (void)from.scan("", "", [&](std::string_view key, std::string_view value) {
      all.push_back({std::string(key), std::string(value)});
      return true;
    });
    (void)to.write(all);
  }

  std::string lineage_ = "fa017fa017fa017f";
  std::mutex mutex_;
  std::unique_ptr<MemoryStore> seen_ = std::make_unique<MemoryStore>(lineage_);
  std::unique_ptr<MemoryStore> durable_ = std::make_unique<MemoryStore>(lineage_);
  std::vector<Write> unsynced_;   // guarded by mutex_
  int writes_until_failure_ = 0;  // guarded by mutex_; 0 is never
  Outcome outcome_ = Outcome::lost;
  std::atomic<bool> has_room_{true};
};

}  // namespace rialto
