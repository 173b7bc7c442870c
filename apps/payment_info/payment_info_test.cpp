#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace payment_info {
rialto::AnyApp app();
}

TEST_CASE("payment_info: one page, on which everyone ends") {
  rialto::Table table{payment_info::app()};
  CHECK(table.page(1) == "PaymentInfo");
  CHECK(table.submit(1).page(1) == "");
}
