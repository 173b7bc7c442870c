#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace trust {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("trust: what is sent is tripled, and no more than that can be sent back") {
  Table table{trust::app()};
  table.submit(1, {{"sent", "50"}});
  CHECK(table.page(2) == "SendBack");
  CHECK(table.submit(2, {{"sent_back", "151"}}).code() == "form_refused");
  const auto back = table.submit(2, {{"sent_back", "75"}});
  CHECK(back.page(1) == "Results");
  CHECK(table.field(1, "payoff") == 125);
  CHECK(table.field(2, "payoff") == 75);
}
