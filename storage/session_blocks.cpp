#include "storage/session_blocks.h"

#include <algorithm>
#include <memory>
#include <string>
#include <utility>

namespace rialto {
namespace {

constexpr std::size_t kind_and_session = 5;  // bytes at the beginning of a key (keys.h)

class Policy final : public rocksdb::FlushBlockPolicy {
 public:
  explicit Policy(std::unique_ptr<rocksdb::FlushBlockPolicy> by_size)
      : by_size_(std::move(by_size)) {}

  bool Update(const rocksdb::Slice& key, const rocksdb::Slice& value) override {
    const std::string group(key.data(), std::min(key.size(), kind_and_session));
    const bool is_other = !group_.empty() && group != group_;
    group_ = group;
    return by_size_->Update(key, value) || is_other;
  }

 private:
  const std::unique_ptr<rocksdb::FlushBlockPolicy> by_size_;
  std::string group_;  // of the key before
};

}  // namespace

rocksdb::FlushBlockPolicy* SessionBlocks::NewFlushBlockPolicy(
    const rocksdb::BlockBasedTableOptions& options, const rocksdb::BlockBuilder& block) const {
  return new Policy(
      std::unique_ptr<rocksdb::FlushBlockPolicy>(by_size_.NewFlushBlockPolicy(options, block)));
}

}  // namespace rialto
