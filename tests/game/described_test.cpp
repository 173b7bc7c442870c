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
