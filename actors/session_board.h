// The values of a session that all of its groups read and write, as they were last made durable.
// Shared by the directory, which alone changes them, and the session's units; used on any thread.
// Guarantee: what is read here is on the disk (G2). What a unit has written is in it a moment later
// than in the unit's own record: who reads knows by `taken` which of his own writes it has.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "actors/value.h"

namespace rialto {

// What one step does to one value: sets it, or adds a number to it.
struct SessionWrite {
  std::string name;
  bool adds = false;
  Value value;

  // JSON: [name, adds, value]
  Value to_value() const { return list(name, adds, value); }
};

// Throws BadMessage if the text is no list of writes.
std::vector<SessionWrite> read_session_writes(std::string_view json);
// Does one to an object. What is not there counts as 0; AppError if a number is added to what is
// none, or the sum is too large to be read again.
void apply_session_write(Value& values, const SessionWrite& write);

struct SessionState {
  Value values = Value::object();
  // By the index of a unit that has written: its newest record whose writes are in `values`.
  std::map<std::uint32_t, std::uint64_t> taken;

  std::uint64_t taken_of(std::uint32_t unit) const;
  std::string stored_form() const;
};

// Throws BadMessage if the text is no state.
SessionState read_session_state(std::string_view stored);

class SessionBoard {
 public:
  std::shared_ptr<const SessionState> read() const {
    const std::lock_guard lock(mutex_);
    return state_;
  }
  // To be called when it is durable.
  void show(std::shared_ptr<const SessionState> state) {
    const std::lock_guard lock(mutex_);
    state_ = std::move(state);
  }

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const SessionState> state_ = std::make_shared<const SessionState>();
};

}  // namespace rialto
