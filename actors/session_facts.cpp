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

Money SessionFacts::participation_fee() const {
  return values ? values->get("participation_fee", Value(Money(0))).as<Money>() : Money(0);
}

Money SessionFacts::paid_out(Money payoff) const {
  if (!values || !values->contains("real_world_currency_per_point")) return payoff;
  return payoff * (*values)["real_world_currency_per_point"].as<double>();
}

}  // namespace rialto
