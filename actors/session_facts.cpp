#include "actors/session_facts.h"

#include "actors/errors.h"

namespace rialto {

const Value& SessionFacts::config(std::string_view key) const {
  if (values && values->contains(key)) return (*values)[key];
  std::string known;
  if (values) {
    for (const auto& [name, value] : values->members()) known += (known.empty() ? "" : ", ") + name;
  }
  throw AppError("the session's config has no \"" + std::string(key) +
                 "\"; it has: " + (known.empty() ? std::string("nothing") : known));
}

Payment SessionFacts::participation_fee() const {
  return values ? values->get("participation_fee", Payment()) : Payment();
}

Payment SessionFacts::paid_out(Money payoff) const {
  const double rate = values ? values->get("real_world_currency_per_point", 1.0) : 1;
  return Payment::rounded(payoff.to_double() * rate, participation_fee().decimals());
}

}  // namespace rialto
