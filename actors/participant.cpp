#include "actors/participant.h"

#include "actors/errors.h"
#include "actors/roster.h"

namespace rialto {

const std::string& Participant::code() const { return roster().session().participants[seat_ - 1]; }

const std::string& Participant::label() const {
  static const std::string none;
  if (has_step()) step().concern(seat_);
  const auto& labels = roster().session().labels;
  return seat_ <= labels.size() ? labels[seat_ - 1] : none;
}

int Participant::id_in_session() const {
  const auto& ids = roster().session().ids_in_session;
  return static_cast<int>(seat_ <= ids.size() ? ids[seat_ - 1] : seat_);
}

const Value& Participant::get(std::string_view name) const {
  check_here();
  if (vars_.get().contains(name)) return vars_.get()[name];
  throw AppError("participant " + code() + " has no value \"" + std::string(name) +
                 "\": no app has set it yet");
}

Value Participant::get(std::string_view name, Value otherwise) const {
  return has(name) ? get(name) : std::move(otherwise);
}

bool Participant::has(std::string_view name) const {
  check_here();
  return vars_.get().contains(name);
}

void Participant::set(std::string_view name, Value value) {
  check_here();
  Value vars = vars_.get();
  vars.set(name, std::move(value));
  vars_ = std::move(vars);
}

const Value& Participant::vars() const {
  check_here();
  return vars_.get();
}

Money Participant::payoff() const {
  Money total = earlier_.get();
  for (int round = 1; round <= roster().rounds(); ++round) {
    total += roster().player(round, seat_).round_payoff();
  }
  return total;
}

Payment Participant::payoff_in_real_world_currency() const {
  return to_real_world_currency(payoff());
}

Payment Participant::payoff_plus_participation_fee() const {
  return payoff_in_real_world_currency() + roster().session().participation_fee();
}

Value Participant::baggage() const { return {{"vars", vars_.get()}, {"earlier", payoff()}}; }

void Participant::take(const Value& baggage) {
  vars_ = baggage["vars"];
  earlier_ = baggage["earlier"].as<Money>();
}

void Participant::check_here() const {
  if (here_) return;
  throw AppError("participant " + code() + " is not in this app now: its values are with " +
                 "the app the participant is in");
}

}  // namespace rialto
