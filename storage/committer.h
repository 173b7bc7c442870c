// Joins the commits of many units in one write and one fsync (LevelDB's group commit).
// Owned by main.cpp; has a thread of its own, the only one that writes to the store.
// Guarantees: nothing is reported committed before it is durable; commits run in submitted order.
// A failed write is an outcome nobody knows: it is logged and the process ends (rules.md 9).
#pragma once

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <span>
#include <thread>
#include <vector>

#include "storage/commit.h"

namespace rialto {

class Committer final : public CommitQueue {
 public:
  // `failed` is called with the error of a write whose outcome is unknown; it must not return.
  using Failed = std::function<void(const Error&)>;

  Committer(Store& store, Durability durability, Failed failed);
  // Commits what was submitted, then ends the thread.
  ~Committer() override;

  void submit(std::unique_ptr<Commit> commit) override;

 private:
  void run();
  void write(std::span<const std::span<const Write>> lists);

  Store& store_;
  const Durability durability_;
  const Failed failed_;
  std::mutex mutex_;
  std::condition_variable wake_;
  std::vector<std::unique_ptr<Commit>> waiting_;  // guarded by mutex_
  bool stopping_ = false;                         // guarded by mutex_
  std::thread thread_;
};

}  // namespace rialto
