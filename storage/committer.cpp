#include "storage/committer.h"

#include <sched.h>

#include <cstdlib>
#include <utility>

namespace rialto {

Committer::Committer(Store& store, Durability durability, Failed failed)
    : store_(store), durability_(durability), failed_(std::move(failed)) {
  thread_ = std::thread([this] { run(); });
}

Committer::~Committer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void Committer::submit(std::unique_ptr<Commit> commit) {
  bool was_idle = false;
  {
    const std::lock_guard lock(mutex_);
    was_idle = waiting_.empty();
    waiting_.push_back(std::move(commit));
  }
  // Whoever came first woke the thread; it takes all that came since.
  if (was_idle) wake_.notify_one();
}

void Committer::run() {
  // Above those who only prepare commits, where threads inherit a batch policy: what is durable is
  // told at once.
  const sched_param none{};
  ::sched_setscheduler(0, SCHED_OTHER, &none);
  std::vector<std::unique_ptr<Commit>> commits;
  std::vector<std::span<const Write>> lists;
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (waiting_.empty()) return;
    }
    // On a busy core the rest of this turn's groups submit first: one fsync for all of them.
    ::sched_yield();
    {
      const std::lock_guard lock(mutex_);
      commits.swap(waiting_);
    }
    for (const auto& commit : commits) {
      if (!commit->writes.empty()) lists.emplace_back(commit->writes);
    }
    if (!lists.empty()) write(lists);
    for (const auto& commit : commits) commit->committed();
    commits.clear();
    lists.clear();
  }
}

void Committer::write(std::span<const std::span<const Write>> lists) {
  const auto written = store_.write_joined(lists, durability_);
  if (written) return;
  failed_(written.error());
  std::abort();  // nobody may go on with memory that may differ from the disk
}

}  // namespace rialto
