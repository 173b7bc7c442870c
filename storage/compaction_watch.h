// Listens to RocksDB's work in the background, so that a table that cannot be read harms who needs
// it and nobody else: a compaction that fails has changed nothing, yet RocksDB would refuse every
// later write because of it, and meet the same table again after each restart. Owned by the store
// together with RocksDB, which calls it from its threads. Private to storage/.
// Guarantee: any other failure in the background (a flush, a MANIFEST) still ends all writes.
#pragma once

#include <rocksdb/listener.h>

#include <atomic>

namespace rialto {

class CompactionWatch final : public rocksdb::EventListener {
 public:
  // Has one failed since this was last asked? The next ones would fail, too.
  bool take_failure() { return failed_.load(std::memory_order_relaxed) && failed_.exchange(false); }

  const char* Name() const override { return "CompactionWatch"; }
  void OnBackgroundError(rocksdb::BackgroundErrorReason reason, rocksdb::Status* error) override;

 private:
  std::atomic<bool> failed_{false};
  std::atomic<bool> is_told_{false};
};

}  // namespace rialto
