// A session goes on under a newer build of its app (rules.md 15).
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/unit.h"

using namespace rialto;

namespace before {
struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> kept{this, "kept", 1};
};
Reply set(Player& player, const Value& data) {
  player.kept = data.as<int>();
  return {};
}
AnyApp app() {
  return App<Group, Player>{
      .name = "g", .players_per_group = 1, .pages = {{.name = "A", .live_method = set}}};
}
}  // namespace before

namespace after {
struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<std::string> added{this, "added", "new"};
  Field<int> kept{this, "kept", 1};
};
Reply set(Player& player, const Value& data) {
  player.added = data.as<std::string>();
  return {};
}
AnyApp app() {
  return App<Group, Player>{
      .name = "g", .players_per_group = 1, .pages = {{.name = "A", .live_method = set}}};
}
}  // namespace after

TEST_CASE("an app that comes back with another field says so in the records, and goes on by them") {
  const Limits limits;
  const Unit::Setup setup{UnitId::of(1, 0), {"p1"}, 1, &limits, nullptr};
  std::vector<Record> records;
  Unit old(before::app(), setup);
  records.push_back(old.create(1));
  records.push_back(*old.live(1, {}, "sender", 1, Value(7), 2).record);
  CHECK(!old.describe(3).record);

  Unit now(after::app(), setup);
  for (const Record& record : records) REQUIRE(now.apply(record));
  StepResult described = now.describe(3);
  REQUIRE(described.record);
  CHECK(described.record->kind == RecordKind::described);
  records.push_back(*described.record);
  records.push_back(*now.live(1, {}, "sender", 2, Value("x"), 4).record);
  CHECK(!now.describe(5).record);

  Unit again(after::app(), setup);
  for (const Record& record : records) REQUIRE(again.apply(record));
  CHECK(again.snapshot() == now.snapshot());
  const auto& player = static_cast<const after::Player&>(again.group().player_base(1));
  CHECK(player.kept == 7);
  CHECK(player.added == "x");
}

namespace logged_before {
struct Bid : Row {
  int price = 0;
  int gone = 0;
};
struct Group : GroupOf<struct Player> {
  Log<int> clicks{this, "clicks", {"x"}};
  Rows<Bid> bids{this, "bids", {{"price", &Bid::price}, {"gone", &Bid::gone}}};
};
struct Player : PlayerIn<Group> {};
Reply play(Player& player, const Value& data) {
  player.group().clicks.append(data.as<int>());
  player.group().bids.add({.price = data.as<int>(), .gone = 1});
  return {};
}
AnyApp app() {
  return App<Group, Player>{
      .name = "g", .players_per_group = 1, .pages = {{.name = "A", .live_method = play}}};
}
}  // namespace logged_before

namespace logged_after {
struct Bid : Row {
  std::string word = "none";
  int price = 0;
};
struct Group : GroupOf<struct Player> {
  Rows<Bid> bids{this, "bids", {{"word", &Bid::word}, {"price", &Bid::price}}};
  Log<std::string> words{this, "words", {"x"}};
  Log<int> clicks{this, "clicks", {"x"}};
};
struct Player : PlayerIn<Group> {};
Reply play(Player& player, const Value& data) {
  player.group().words.append(data.as<std::string>());
  player.group().bids.edit(1, [&](Bid& bid) { bid.word = data.as<std::string>(); });
  return {};
}
AnyApp app() {
  return App<Group, Player>{
      .name = "g", .players_per_group = 1, .pages = {{.name = "A", .live_method = play}}};
}
}  // namespace logged_after

namespace rows_of_a_log {
struct Group : GroupOf<struct Player> {
  Log<int> bids{this, "bids", {"price"}};
};
struct Player : PlayerIn<Group> {};
AnyApp app() {
  return App<Group, Player>{.name = "g", .players_per_group = 1, .pages = {{.name = "A"}}};
}
}  // namespace rows_of_a_log

TEST_CASE("logs and rows keep their data by name, whatever a newer build declares before them") {
  const Limits limits;
  const Unit::Setup setup{UnitId::of(1, 0), {"p1"}, 1, &limits, nullptr};
  std::vector<Record> records;
  Unit old(logged_before::app(), setup);
  records.push_back(old.create(1));
  records.push_back(*old.live(1, {}, "sender", 1, Value(7), 2).record);

  Unit now(logged_after::app(), setup);
  for (const Record& record : records) REQUIRE(now.apply(record));
  records.push_back(*now.describe(3).record);
  records.push_back(*now.live(1, {}, "sender", 2, Value("x"), 4).record);

  const auto check = [](const Unit& unit) {
    const auto& group = static_cast<const logged_after::Group&>(unit.group());
    CHECK(group.clicks.to_value().dump() == R"([{"x":7}])");
    CHECK(group.words.to_value().dump() == R"([{"x":"x"}])");
    CHECK(group.bids.to_value().dump() == R"([{"id":1,"word":"x","price":7}])");
  };
  check(now);
  Unit again(logged_after::app(), setup);
  for (const Record& record : records) REQUIRE(again.apply(record));
  check(again);
  Unit from_snapshot(logged_after::app(), setup);
  REQUIRE(from_snapshot.restore(now.snapshot(), [&] {
    for (const Record& record : records) from_snapshot.add_rows(record);
  }));
  check(from_snapshot);
}

TEST_CASE("rows that a newer build has as a log refuse the session, with a sentence") {
  const Limits limits;
  const Unit::Setup setup{UnitId::of(1, 0), {"p1"}, 1, &limits, nullptr};
  Unit old(logged_before::app(), setup);
  Unit now(rows_of_a_log::app(), setup);
  const auto applied = now.apply(old.create(1));
  REQUIRE(!applied);
  CHECK(applied.error().message ==
        "the stored session does not fit this build of the app: bids were Rows, now they are a "
        "Log");
}
