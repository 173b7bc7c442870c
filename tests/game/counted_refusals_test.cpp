// A comprehension test: an error_message may count how often it refused, and let go who failed too
// often.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> failed{this, "failed", 0};
  Field<int> sums_failed{this, "sums_failed", 0};
  Field<int> sum{this, "sum"};
  Field<std::string> city{this, "city"};
  Log<int> attempts{this, "attempts", {"answer"}};
};

Value check(Player& player, const Value& values) {
  if (values["city"] == "Ottawa") return {};
  player.failed += 1;
  player.attempts.append(values["sum"].as<int>());
  if (player.failed == 3) return {};  // goes on, to the page that says goodbye
  return {{"city", "Wrong."}};
}

std::string check_sum(Player& player, const int& value) {
  if (value == 4) return "";
  player.sums_failed += 1;
  return "Wrong.";
}

std::string wants_to_go(Player& player, const Value&) {
  player.move_on();
  return "no";
}

AnyApp quiz() {
  return App<Group, Player>{
      .name = "x",
      .players_per_group = 1,
      .pages = {{.name = "Quiz",
                 .form = {{&Player::sum, {.error_message = check_sum}}, &Player::city},
                 .error_message = check},
                {.name = "End"}}};
}

}  // namespace

TEST_CASE("an error_message may count its refusals, and the count outlives a restart") {
  Table table{quiz()};
  const auto refused = table.submit(1, {{"sum", "4"}, {"city", "Toronto"}});
  CHECK(refused.code() == "form_refused");
  CHECK(table.page(1) == "Quiz");
  CHECK(table.field(1, "failed") == 1);
  CHECK(table.field(1, "city").is_null());
  table.restart();
  CHECK(table.field(1, "failed") == 1);
  table.submit(1, {{"sum", "4"}, {"city", "Vancouver"}});
  CHECK(table.page(1) == "Quiz");
  table.submit(1, {{"sum", "4"}, {"city", "Toronto"}});
  CHECK(table.page(1) == "End");
  CHECK(table.field(1, "failed") == 3);
  CHECK(table.field(1, "city") == "Toronto");
  table.restart();
  CHECK(table.field(1, "failed") == 3);
}

TEST_CASE("an error_message of one field may count, too") {
  Table table{quiz()};
  table.submit(1, {{"sum", "5"}, {"city", "Ottawa"}});
  table.submit(1, {{"sum", "6"}, {"city", "Ottawa"}});
  CHECK(table.field(1, "sums_failed") == 2);
  CHECK(table.field(1, "failed") == 0);
  table.submit(1, {{"sum", "4"}, {"city", "Ottawa"}});
  CHECK(table.page(1) == "End");
  table.restart();
}

TEST_CASE("an error_message cannot move the player on whom it refuses") {
  Table table{App<Group, Player>{
      .name = "x",
      .players_per_group = 1,
      .pages = {{.name = "Quiz", .error_message = wants_to_go}, {.name = "End"}}}};
  CHECK(table.submit(1).code() == "app_error");
  CHECK(table.page(1) == "Quiz");
}
