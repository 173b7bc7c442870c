// A person across the apps of a session, as seen by the unit the person is in: the values that the
// apps hand on, and what has been earned so far. Owned by the unit's roster, on its thread.
// Guarantees: what is set is journaled with the step; what is not there, or belongs to somebody who
// is not in this app now, is an AppError that names the participant.
#pragma once

#include <string>
#include <string_view>

#include "actors/field.h"
#include "actors/model.h"

namespace rialto {

class Participant : public Model {
 public:
  const std::string& code() const;
  // What the experimenter calls the participant; "" if nothing.
  const std::string& label() const;
  // From 1.
  int id_in_session() const;

  // A value that this or an earlier app has set; AppError if none has.
  const Value& get(std::string_view name) const;
  Value get(std::string_view name, Value otherwise) const;
  bool has(std::string_view name) const;
  void set(std::string_view name, Value value);
  // All of them, an object.
  const Value& vars() const;

  // Of all apps so far, this one with all its rounds.
  Money payoff() const;
  // As it is paid out: by the session's exchange rate; and with the participation fee.
  Payment payoff_in_real_world_currency() const;
  Payment payoff_plus_participation_fee() const;

  // -- for the unit
  void place(std::uint32_t seat) { seat_ = seat; }
  // In this app now: has come, and has not gone on to the next.
  bool is_here() const { return here_; }
  void set_here(bool here) { here_ = here; }
  // A page did not wait for this person in vain.
  bool is_present() const { return present_; }
  void set_present(bool present) { present_ = present; }
  bool is_dropped() const { return dropped_; }
  void set_dropped(bool dropped) { dropped_ = dropped; }
  // What goes along to the next app; and taking it.
  Value baggage() const;
  void take(const Value& baggage);

 private:
  void check_here() const;

  Field<Value> vars_{this, "vars", Value::object()};
  Field<Money> earlier_{this, "earlier", 0};  // earned in earlier apps
  std::uint32_t seat_ = 0;
  bool here_ = true;
  bool present_ = true;
  bool dropped_ = false;
};

}  // namespace rialto
