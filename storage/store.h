// The seam between what was promised and the disk: an ordered map from byte strings to byte
// strings with atomic, durable writes and reading views that do not move.
// Owned by main.cpp (or a test); safe to use from any thread.
// Guarantee: once `write(…, Durability::synced)` has returned success, a power cut loses nothing of
// it.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "storage/result.h"

namespace rialto {

// One change of the map. An erased key needs no value.
struct Write {
  std::string key;
  std::string value;
  bool erase = false;
};

enum class Durability {
  synced,    // on the disk before `write` returns
  buffered,  // for tests that show what goes wrong without
};

// Called with each key and value in ascending order; returns false to stop.
using Visitor = std::function<bool(std::string_view key, std::string_view value)>;

// What can be read: the store itself (its newest state) or one moment of it.
class Reader {
 public:
  virtual ~Reader() = default;
  // The value of a key; `not_found` if there is none.
  virtual Result<std::string> get(std::string_view key) const = 0;
  // Visits the keys in [from, to) in ascending order. An empty `to` means to the end.
  virtual Result<void> scan(std::string_view from, std::string_view to,
                            const Visitor& visit) const = 0;
};

class Store : public Reader {
 public:
  // Applies all of the writes or none of them, later ones winning over earlier ones.
  // A failure leaves the outcome unknown: the caller must end the process (design.md section 6).
  Result<void> write(std::span<const Write> writes, Durability durability = Durability::synced) {
    return write_joined({&writes, 1}, durability);
  }
  // The same for the writes of many, one list after the other: one atomic step, one fsync.
  virtual Result<void> write_joined(std::span<const std::span<const Write>> lists,
                                    Durability durability) = 0;
  // One moment of the store: what is written later does not show in it. It must not outlive the
  // store.
  virtual std::unique_ptr<Reader> snapshot() const = 0;
  // False while free space is below the reserve: accept no new sends, pages stay readable.
  virtual bool has_room() const = 0;
  // The identity of this store's history: 16 hex digits, renewed by restore and salvage (rules.md
  // 16).
  virtual const std::string& lineage() const = 0;
};

}  // namespace rialto
