#include "actors/session_board.h"

#include <cmath>

#include "actors/errors.h"
#include "actors/stored_value.h"

namespace rialto {
namespace {

constexpr std::int64_t most_whole = std::int64_t{1} << 53U;  // that pages and files have exactly

// AppError if it is no number that could be read again.
Value sum(const Value& a, const Value& b) {
  if (a.is_whole() && b.is_whole()) {
    std::int64_t total = 0;
    const bool is_over = __builtin_add_overflow(a.stored_whole(), b.stored_whole(), &total);
    if (!is_over && total <= most_whole && total >= -most_whole) return total;
  } else if (const double total = a.as<double>() + b.as<double>(); std::isfinite(total)) {
    return total;
  }
  throw AppError("the sum of " + a.dump() + " and " + b.dump() + " is too large to be kept");
}

}  // namespace

std::vector<SessionWrite> read_session_writes(std::string_view json) {
  std::vector<SessionWrite> writes;
  for (const Value& each : read_stored(json)) {
    writes.push_back({each[0].as<std::string>(), each[1].as<bool>(), each[2]});
  }
  return writes;
}

void apply_session_write(Value& values, const SessionWrite& write) {
  if (!write.adds) {
    values.set(write.name, write.value);
    return;
  }
  const Value before = values.get(write.name, Value(0));
  if (!before.is_number()) {
    throw AppError("the session's value \"" + write.name + "\" is " + before.dump() +
                   ": nothing can be added to it");
  }
  values.set(write.name, sum(before, write.value));
}

std::uint64_t SessionState::taken_of(std::uint32_t unit) const {
  const auto found = taken.find(unit);
  return found == taken.end() ? 0 : found->second;
}

std::string SessionState::stored_form() const {
  Value units = Value::empty_list();
  for (const auto& [unit, record] : taken) {
    units.append(list(static_cast<std::int64_t>(unit), static_cast<std::int64_t>(record)));
  }
  return Value{{"values", values}, {"taken", units}}.dump();
}

SessionState read_session_state(std::string_view stored) {
  const Value value = read_stored(stored);
  SessionState state;
  state.values = value["values"];
  for (const Value& each : value["taken"]) {
    state.taken[each[0].as<std::uint32_t>()] =
        static_cast<std::uint64_t>(each[1].as<std::int64_t>());
  }
  return state;
}

}  // namespace rialto
