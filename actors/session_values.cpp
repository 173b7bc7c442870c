#include "actors/session_values.h"

#include <algorithm>

#include "actors/errors.h"
#include "actors/stored_value.h"

namespace rialto {
namespace {

// What was checked when it was written may meet another's value by now.
void apply_if_possible(Value& values, const SessionWrite& write) {
  try {
    apply_session_write(values, write);
  } catch (const AppError&) {
    return;  // the directory says so
  }
}

}  // namespace

void SessionWrites::append(SessionWrite write) {
  if (writes_.empty()) touch();
  writes_.push_back(std::move(write));
}

Value SessionWrites::shown() const {
  Value all = Value::empty_list();
  for (const SessionWrite& write : writes_) all.append(write.to_value());
  return all;
}

std::string SessionWrites::to_json() const { return stored_text(shown()); }

const Value& SessionValues::get(std::string_view name) const {
  const Value& all = vars();
  if (const Value* const found = all.find(name)) return *found;
  std::string names;
  for (const auto& [key, value] : all.members()) names += (names.empty() ? "" : ", ") + key;
  throw AppError("the session has no value \"" + std::string(name) + "\"; it has " +
                 (names.empty() ? "none" : names));
}

Value SessionValues::get(std::string_view name, Value otherwise) const {
  const Value* const found = vars().find(name);
  return found != nullptr ? *found : std::move(otherwise);
}

bool SessionValues::has(std::string_view name) const { return vars().contains(name); }

// A step stays with what it has seen first, and its record says what that was. Between steps the
// newest is shown.
const Value& SessionValues::vars() const {
  const bool in_step = step().phase() != Step::Phase::closed;
  if (in_step && step_ == step().serial()) return now_;
  const auto board = board_ ? board_->read() : nullptr;
  const bool same = board != nullptr && board == looked_at_ && pending_.empty();
  if (!same) now_ = newest(board.get());
  looked_at_ = board;
  step_ = in_step ? step().serial() : 0;
  if (in_step && now_ != seen_.get()) {
    seen_ = now_;
    owed_ = now_;
  }
  return now_;
}

Value SessionValues::newest(const SessionState* board) const {
  if (board == nullptr) return alone_;
  const std::uint64_t taken = board->taken_of(unit_);
  while (!pending_.empty() && pending_.front().first <= taken) pending_.pop_front();
  Value values = board->values;
  for (const auto& [record, writes] : pending_) {
    for (const SessionWrite& write : writes) apply_if_possible(values, write);
  }
  return values;
}

void SessionValues::set(std::string_view name, Value value) {
  write({std::string(name), false, read_stored(stored_text(value))});
}

void SessionValues::add(std::string_view name, Value number) {
  if (!number.is_number()) throw AppError("only numbers can be added to a value of the session");
  write({std::string(name), true, read_stored(stored_text(number))});
}

void SessionValues::write(SessionWrite write) {
  vars();
  Value changed = now_;
  apply_session_write(changed, write);
  writes_.append(std::move(write));  // throws where nothing may be written
  now_ = std::move(changed);
  looked_at_ = nullptr;
}

void SessionValues::begin_with(Value values) {
  alone_ = std::move(values);
  step_ = 0;
}

bool SessionValues::owed_to() {
  if (!owed_) return false;
  seen_.from_json(stored_text(*owed_));
  return true;
}

void SessionValues::see_again() {
  if (!owed_) return;
  seen_ = *owed_;
  now_ = *owed_;
  looked_at_ = nullptr;
  step_ = step().serial();
}

void SessionValues::note(std::uint64_t record) {
  owed_.reset();
  std::vector<SessionWrite> writes = writes_.take();
  if (writes.empty()) return;
  looked_at_ = nullptr;
  if (board_) {
    pending_.emplace_back(record, std::move(writes));
    return;
  }
  alone_ = seen_.get();
  for (const SessionWrite& write : writes) apply_if_possible(alone_, write);
}

}  // namespace rialto
