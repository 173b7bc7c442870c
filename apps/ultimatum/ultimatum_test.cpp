#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace ultimatum {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("ultimatum: each sees only what is his to decide") {
  Table table{ultimatum::app()};
  CHECK(table.page(1) == "Propose");
  CHECK(table.page(2) == "WaitForProposer");
  const auto offered = table.submit(1, {{"offer", "30"}});
  CHECK(offered.page(1) == "WaitForResponder");
  CHECK(offered.page(2) == "Respond");
}

TEST_CASE("ultimatum: an accepted offer is shared, a refused one leaves both with nothing") {
  for (const bool accepted : {true, false}) {
    Table table{ultimatum::app()};
    table.submit(1, {{"offer", "30"}});
    const auto answered = table.submit(2, {{"accepted", accepted ? "True" : "False"}});
    CHECK(answered.page(1) == "Results");
    CHECK(answered.page(2) == "Results");
    CHECK(table.field(1, "payoff") == (accepted ? 70 : 0));
    CHECK(table.field(2, "payoff") == (accepted ? 30 : 0));
    table.restart();
  }
}
