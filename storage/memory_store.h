// A Store in memory: the model that the real one is compared with, and what tests of actors use.
// Owned by a test; safe to use from any thread.
// Guarantee: behaves as a Store on a disk that never fails. Limitation: it forgets at its end, and
// the first write after a snapshot copies the whole map.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>

#include "storage/store.h"

namespace rialto {

class MemoryStore : public Store {
 public:
  explicit MemoryStore(std::string lineage = "0123456789abcdef");

  Result<std::string> get(std::string_view key) const override;
  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override;
  Result<void> write_joined(std::span<const std::span<const Write>> lists,
                            Durability durability) override;
  std::unique_ptr<Reader> snapshot() const override;
  bool has_room() const override { return true; }
  const std::string& lineage() const override { return lineage_; }

 private:
  using Map = std::map<std::string, std::string, std::less<>>;
  class View;

  const std::string lineage_;
  mutable std::mutex mutex_;
  std::shared_ptr<Map> map_ = std::make_shared<Map>();  // guarded by mutex_; shared with views
};

}  // namespace rialto
