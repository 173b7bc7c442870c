// Where a block of a table ends: also where a session's keys of a kind end, not only when it is
// full. A block is what a checksum covers, so one that is damaged takes nothing from any other
// session, and of its own only what stands there. Private to storage/ (it shows RocksDB's types).
// Cost: a block of a few hundred bytes for each session and kind of key.
#pragma once

#include <rocksdb/flush_block_policy.h>

namespace rialto {

class SessionBlocks final : public rocksdb::FlushBlockPolicyFactory {
 public:
  const char* Name() const override { return "SessionBlocks"; }
  rocksdb::FlushBlockPolicy* NewFlushBlockPolicy(const rocksdb::BlockBasedTableOptions& options,
                                                 const rocksdb::BlockBuilder& block) const override;

 private:
  rocksdb::FlushBlockBySizePolicyFactory by_size_;
};

}  // namespace rialto
