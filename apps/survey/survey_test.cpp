#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace survey {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

TEST_CASE("survey: the quiz is passed with the right answer only, and says why") {
  Table table{survey::app()};
  CHECK(table.submit(1).code() == "form_refused");
  CHECK(table.submit(1, {{"consent", "True"}}).page(1) == "Quiz");
  const auto wrong = table.submit(1, {{"sum", "10"}});
  CHECK(wrong.page(1) == "Quiz");
  CHECK(wrong.message() == "sum: That is not right: 5 and 5 are 10, doubled.");
  CHECK(table.submit(1, {{"sum", "20"}}).page(1) == "Questions");
}

TEST_CASE("survey: answers are kept, what may be left empty may be") {
  Table table{survey::app()};
  table.submit(1, {{"consent", "True"}});
  table.submit(1, {{"sum", "20"}});
  const Value answers = {{"age", "30"}, {"studies", "Law"}, {"trust", "2"}, {"remarks", ""}};
  CHECK(table.submit(1, answers).page(1) == "Thanks");
  CHECK(table.field(1, "age") == 30);
  CHECK(table.field(1, "studies") == "Law");
  CHECK(table.field(1, "trust") == 2);
}
