// A participant goes from one app's unit to the next: what is let go, and what enters.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/unit.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> answer{this, "answer"};
};

std::string next(const Player& player, const std::vector<std::string>& upcoming) {
  return player.answer == 9 ? upcoming.back() : "";
}

void reward(Player& player) {
  player.payoff = 5;
  player.participant().set("seen", player.answer);
}

AnyApp game() {
  return App<Group, Player>{.name = "first",
                            .players_per_group = 2,
                            .pages = {{.name = "Ask",
                                       .form = {&Player::answer},
                                       .before_next_page = reward,
                                       .app_after_this_page = next},
                                      {.name = "More"}}};
}

const Limits limits;

Unit::Setup setup(bool first, std::vector<std::string> after) {
  Unit::Setup setup{UnitId::of(1, first ? 0 : 1), {"aa", "bb"}, 1, &limits, nullptr};
  setup.first_stage = first;
  setup.apps_after = std::move(after);
  return setup;
}

Value answer(int number) { return {{"answer", std::to_string(number)}}; }

TEST_CASE("who has seen the last page is let go to the next app, with values and earnings") {
  Unit unit(game(), setup(true, {"second", "third"}));
  unit.create(1);
  CHECK(unit.submit(1, {1, 0}, answer(3), 2).record->let_go.empty());
  const StepResult last = unit.submit(1, {1, 1}, Value::object(), 3);
  CHECK(last.record->let_go == std::vector<LetGo>{{1, "second"}});
  CHECK(unit.has_let_go(1));
  CHECK(!unit.is_here(1));
  CHECK(unit.is_here(2));
  CHECK(unit.baggage(1) == Value{{"vars", {{"seen", 3}}}, {"earlier", Money(5)}});
}

TEST_CASE("a page may send its player to a later app, but to none that does not follow") {
  Unit unit(game(), setup(true, {"second", "third"}));
  unit.create(1);
  const StepResult jump = unit.submit(1, {1, 0}, answer(9), 2);
  CHECK(jump.record->let_go == std::vector<LetGo>{{1, "third"}});
  CHECK(unit.past_last(unit.page_of(1)));
}

TEST_CASE("nobody is let go from the last app") {
  Unit unit(game(), setup(true, {}));
  unit.create(1);
  unit.submit(1, {1, 0}, answer(3), 2);
  CHECK(unit.submit(1, {1, 1}, Value::object(), 3).record->let_go.empty());
  CHECK(unit.past_last(unit.page_of(1)));
}

TEST_CASE("in a later app nobody is before entering, and who enters does so once") {
  Unit unit(game(), setup(false, {}));
  std::vector<Record> records{unit.create(1)};
  CHECK(!unit.is_here(1));
  CHECK(!unit.submit(1, unit.page_of(1), answer(1), 2).record);
  CHECK(!unit.arrive(1, unit.page_of(1), 2).record);
  const Value baggage{{"vars", {{"seen", 3}}}, {"earlier", 5}};
  records.push_back(*unit.enter(1, baggage, 3).record);
  CHECK(!unit.enter(1, baggage, 4).record);
  CHECK(unit.is_here(1));
  CHECK(unit.page_of(1) == PageRef{1, 0});
  CHECK(unit.view(1, 5).vars["participant"]["seen"] == 3);
  CHECK(unit.view(1, 5).vars["participant"]["payoff"] == Money(5));
  records.push_back(*unit.submit(1, {1, 0}, answer(4), 6).record);
  CHECK(unit.view(1, 7).vars["participant"]["payoff"] == Money(10));
  Unit again(game(), setup(false, {}));
  for (const Record& record : records) REQUIRE(again.apply(record));
  CHECK(again.snapshot() == unit.snapshot());
  Unit restored(game(), setup(false, {}));
  REQUIRE(restored.restore(unit.snapshot(), [] {}));
  CHECK(restored.snapshot() == unit.snapshot());
  CHECK(!restored.is_here(2));
}

TEST_CASE("what is written for somebody who has gone on is refused, and says so") {
  struct Late {
    static Reply pay_other(Player& player, const Value&) {
      player.group().player(1).payoff = 1;
      return {};
    }
  };
  const AnyApp app =
      App<Group, Player>{.name = "first",
                         .players_per_group = 2,
                         .pages = {{.name = "Play", .live_method = Late::pay_other}}};
  Unit unit(app, setup(true, {"second"}));
  unit.create(1);
  unit.submit(1, {1, 0}, Value::object(), 2);
  CHECK(unit.live(2, {1, 0}, "s", 1, 1, 3).code == "app_error");
}

TEST_CASE("a record that lets somebody go is stored and read again") {
  Unit unit(game(), setup(true, {"second", "third"}));
  unit.create(1);
  const StepResult jump = unit.submit(2, {1, 0}, answer(9), 2);
  std::string bytes;
  encode(*jump.record, bytes);
  const auto read = decode_records(bytes);
  REQUIRE(read);
  CHECK(read->front() == *jump.record);
}

}  // namespace
