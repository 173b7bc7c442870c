#include "storage/memory_store.h"

#include <utility>

namespace rialto {

// Shares the map until the store is next written to, which then leaves the view its own copy.
class MemoryStore::View final : public Reader {
 public:
  explicit View(const MemoryStore& store) : store_(store) {
    const std::lock_guard lock(store_.mutex_);
    map_ = store_.map_;
  }
  // Under the lock, so that the store sees for certain whether anyone still shares its map.
  ~View() override {
    const std::lock_guard lock(store_.mutex_);
    map_.reset();
  }

  Result<std::string> get(std::string_view key) const override {
    const auto found = map_->find(key);
    if (found == map_->end()) return Error{ErrorKind::not_found, "no such key"};
    return found->second;
  }

  Result<void> scan(std::string_view from, std::string_view to,
                    const Visitor& visit) const override {
    for (auto i = map_->lower_bound(from); i != map_->end() && (to.empty() || i->first < to); ++i) {
      if (!visit(i->first, i->second)) break;
    }
    return {};
  }

 private:
  const MemoryStore& store_;
  std::shared_ptr<const Map> map_;
};

MemoryStore::MemoryStore(std::string lineage) : lineage_(std::move(lineage)) {}

Result<std::string> MemoryStore::get(std::string_view key) const { return View(*this).get(key); }

Result<void> MemoryStore::scan(std::string_view from, std::string_view to,
                               const Visitor& visit) const {
  return View(*this).scan(from, to, visit);
}

Result<void> MemoryStore::write_joined(std::span<const std::span<const Write>> lists, Durability) {
  const std::lock_guard lock(mutex_);
  if (map_.use_count() > 1) map_ = std::make_shared<Map>(*map_);
  for (const auto& writes : lists) {
    for (const Write& write : writes) {
      if (write.erase) {
        map_->erase(write.key);
      } else {
        map_->insert_or_assign(write.key, write.value);
      }
    }
  }
  return {};
}

std::unique_ptr<Reader> MemoryStore::snapshot() const { return std::make_unique<View>(*this); }

}  // namespace rialto
