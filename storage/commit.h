// What a unit hands over to be made durable, and the queue that takes it.
// A Commit is owned by the queue from `submit` on; `committed` runs once, on the committer's
// thread. Guarantees: commits of one submitter become durable in the order they were submitted, and
// `committed` runs only after the fsync that covers them.
#pragma once

#include <memory>
#include <vector>

#include "storage/store.h"

namespace rialto {

class Commit {
 public:
  virtual ~Commit() = default;
  // Everything in `writes` is durable now. Must not block: it runs between two commits.
  virtual void committed() noexcept = 0;

  // May be empty: then it only waits for the commits before it.
  std::vector<Write> writes;
};

class CommitQueue {
 public:
  virtual ~CommitQueue() = default;
  // Any thread may call this. Never blocks on the disk.
  virtual void submit(std::unique_ptr<Commit> commit) = 0;
};

}  // namespace rialto
