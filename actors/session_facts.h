// What a unit knows of the session it belongs to, fixed when the session was made, but for labels:
// they may come with the participants. A plain value, owned by the unit's roster. Guarantee: a
// config value that is not there is an AppError that names those that are. What groups may change
// is on the board.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "actors/money.h"
#include "actors/session_board.h"
#include "actors/value.h"

namespace rialto {

struct SessionFacts {
  std::string code;
  std::shared_ptr<const Value> values;        // the config's, an object; null: none
  std::vector<std::string> participants;      // codes, by seat
  std::vector<std::uint32_t> ids_in_session;  // by seat; empty: the seats' own numbers
  std::vector<std::string> labels;            // by seat; empty: nobody has one
  // Null: the unit is alone with the session's values.
  std::shared_ptr<const SessionBoard> board = {};
  std::uint32_t unit = 0;  // its index in the session

  const Value& config(std::string_view key) const;
  // What everyone gets for coming; 0 unless the config says otherwise.
  Payment participation_fee() const;
  // A payoff as it is paid out: by the config's real_world_currency_per_point, in the decimals of
  // the session's fee.
  Payment paid_out(Money payoff) const;
};

}  // namespace rialto
