#include "actors/session_board.h"

#include "actors/errors.h"
#include "actors/stored_value.h"

namespace rialto {

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
  const bool whole = before.is_whole() && write.value.is_whole();
  values.set(write.name, whole ? Value(before.as<std::int64_t>() + write.value.as<std::int64_t>())
                               : Value(before.as<double>() + write.value.as<double>()));
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
