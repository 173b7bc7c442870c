#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace guess_two_thirds {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("guess_two_thirds: the nearest wins, equals share") {
  Table table{guess_two_thirds::app()};
  table.submit(1, {{"guess", "30"}});
  table.submit(2, {{"guess", "30"}});
  table.submit(3, {{"guess", "90"}});  // two thirds of 50 are 33.3
  CHECK(table.field("best_guess") == 30);
  CHECK(table.field(1, "payoff") == 45);
  CHECK(table.field(2, "payoff") == 45);
  CHECK(table.field(3, "payoff") == 0);
}
