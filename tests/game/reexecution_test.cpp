// Records are proof of what happened: played again, the same comes out.
#include "actors/reexecution.h"

#include <doctest/doctest.h>

#include <memory>

#include "actors/app.h"
#include "actors/table.h"
#include "actors/unit.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> highest{this, "highest", 0};
  Log<int, std::string> bids{this, "bids", {"amount", "moment"}};
};
struct Player : PlayerIn<Group> {
  Field<int> drawn{this, "drawn", 0};
};

Reply bid(Player& player, const Value& data) {
  Group& group = player.group();
  const int amount = data["bid"].as<int>();
  if (amount <= group.highest) throw BadMessage("too low");
  if (amount > 100) throw std::runtime_error("nobody has so much");
  group.highest = amount;
  player.drawn = static_cast<int>(player.random().integer(0, 1'000'000));
  group.bids.append(amount, std::to_string(player.now()));
  return {{everyone, {{"bid", amount}}}};
}

AnyApp game() {
  return App<Group, Player>{
      .name = "x", .players_per_group = 2, .pages = {{.name = "Bid", .live_method = bid}}};
}

// A table at which everything has happened once: taken, refused, failed.
void play(Table& table) {
  table.live(1, {{"bid", 10}});
  table.live(2, {{"bid", 5}});
  table.live(2, {{"bid", 1000}});
  table.advance(std::chrono::seconds(3));
  table.live(2, {{"bid", 20}});
}

TEST_CASE("draws, times, refusals and failures come out the same when they are played again") {
  Table table(game());
  play(table);
  table.verify();
  CHECK(table.records().size() >= 5);
}

TEST_CASE("each record has draws of its own") {
  Table table(game());
  table.live(1, {{"bid", 10}});
  table.live(2, {{"bid", 20}});
  CHECK(table.field(1, "drawn") != table.field(2, "drawn"));
}

TEST_CASE("a record that says something else than what happened is found, and named") {
  Table table(game());
  play(table);
  for (std::size_t changed = 1; changed < table.records().size(); ++changed) {
    std::vector<Record> records = table.records();
    if (records[changed].changes.empty()) continue;
    records[changed].changes.front().value = "77";
    Unit::Setup setup;
    static const Limits limits;
    setup.id = UnitId::of(1, 0);
    setup.participants = {"p1", "p2"};
    setup.seed = 1;
    setup.limits = &limits;
    Reexecution again(std::make_unique<Unit>(game(), std::move(setup)), Builds::same_only);
    REQUIRE(again.begin(records[0], records[0]));
    for (std::size_t i = 1; i < records.size(); ++i) REQUIRE(again.take(records[i]));
    REQUIRE(again.difference());
    CHECK(again.difference()->find("record " + std::to_string(changed + 1)) == 0);
    CHECK(again.difference()->find("= 77") != std::string::npos);
  }
}

TEST_CASE("a game that keeps something beside its fields is found out") {
  static int calls = 0;
  calls = 0;
  AnyApp hidden =
      App<Group, Player>{.name = "x",
                         .players_per_group = 2,
                         .pages = {{.name = "Bid", .live_method = [](Player&, const Value&) {
                                      return Reply{{everyone, {{"calls", ++calls}}}};
                                    }}}};
  Table table(hidden);
  table.live(1, 1);
  CHECK_THROWS_WITH_AS(table.verify(), doctest::Contains("{\"calls\":1}"), std::logic_error);
}

}  // namespace
