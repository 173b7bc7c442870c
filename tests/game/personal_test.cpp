// Which steps have to do with something personal, and what of them stands apart (rules.md 20).
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

#include "actors/app.h"
#include "actors/reexecution.h"
#include "actors/table.h"
#include "actors/unit.h"
#include "storage/personal_part.h"

namespace people {
rialto::AnyApp app();
}

namespace {
using namespace rialto;

using Seats = std::vector<std::uint32_t>;

const std::string marker = "Marlowe";

std::string bytes_of(const Record& record) {
  std::string bytes;
  encode(record, bytes);
  return bytes;
}

bool tells_of_marker(const Record& record) {
  return bytes_of(record).find(marker) != std::string::npos;
}

void go_to_the_live_page(Table& table) {
  for (const int player : {1, 2}) {
    table.submit(player, {{"name", marker + std::to_string(player)}, {"age", 20}});
  }
  REQUIRE(table.page(1) == "Talk");
}

TEST_CASE(
    "no bytes of a record hold what was written into a personal field, said in the chat, or "
    "told of it") {
  Table table(people::app());
  table.submit(1, {{"name", marker}, {"age", 3}});  // refused
  for (const int player : {1, 2}) table.submit(player, {{"name", marker}, {"age", 20}});
  table.live(1, {{"nick", marker}});
  table.live(1, {{"motto", marker}});
  table.live(2, "greet");
  table.live(2, {{"rialto_chat", list("", marker, marker)}});
  table.live(2, {{"rialto_chat", list("", marker, "")}});  // refused
  table.live(1, {{"who", marker}});                        // refused, perhaps meant for a field
  CHECK(table.field(1, "name") == marker);
  CHECK(table.field("motto") == marker);
  for (const Record& record : table.records()) CHECK_FALSE(tells_of_marker(record));
  table.restart();
}

TEST_CASE("a step says whom it has had to do with; what is written is also the writer's") {
  Table table(people::app());
  go_to_the_live_page(table);
  table.live(1, {{"nick", "x"}});
  CHECK(table.records().back().concerns == Seats{1});
  table.live(2, {{"motto", "x"}});  // the group's
  CHECK(table.records().back().concerns == Seats{0, 2});
  table.live(2, "greet");  // reads the own name
  CHECK(table.records().back().concerns == Seats{2});
  table.live(1, "label");
  CHECK(table.records().back().concerns == Seats{1});
}

struct Pair : GroupOf<struct One> {};
struct One : PlayerIn<Pair> {
  Field<std::string> nick{this, "nick", {.personal = true}};
};

Reply name_yourself(One& player, const Value& data) {
  player.nick = data.as<std::string>();
  return {};
}

bool nobody_has_a_name(const One& player) { return player.others()[0].nick.is_null(); }

TEST_CASE("a page that is hidden because of something personal is left by a step that says so") {
  Table table(App<Pair, One>{
      .name = "pair",
      .players_per_group = 2,
      .pages = {{.name = "Name", .is_displayed = nobody_has_a_name, .live_method = name_yourself},
                {.name = "End"}}});
  table.live(2, marker);
  REQUIRE(table.page(1) == "Name");
  table.reload(1);
  REQUIRE(table.page(1) == "End");
  const auto hidden = std::ranges::find(table.records(), "hidden", &Record::code);
  REQUIRE(hidden != table.records().end());
  CHECK(hidden->personal);
  table.restart();
}

TEST_CASE("a message that has nothing to do with anything personal is stored as it always was") {
  Table table(people::app());
  go_to_the_live_page(table);
  table.live(1, "count");
  const Record& record = table.records().back();
  CHECK_FALSE(record.personal);
  CHECK_FALSE(holds_personal(record));
  CHECK(bytes_of(record).find("count") != std::string::npos);
}

// As an older Rialto has stored it: everything in one place.
Record without_marks(Record record) {
  record.personal = false;
  record.concerns.clear();
  for (Change& change : record.changes) change.personal_of.reset();
  return record;
}

TEST_CASE("records of before personal data stood apart are read, and come out the same") {
  Table table(people::app());
  go_to_the_live_page(table);
  table.live(1, {{"nick", marker}});
  table.live(2, "greet");
  table.live(2, {{"rialto_chat", list("", "Ann", marker)}});
  const Limits limits;
  Unit::Setup setup;
  setup.id = UnitId::of(1, 0);
  setup.participants = {"p1", "p2"};
  setup.seed = 1;
  setup.limits = &limits;
  Reexecution again(std::make_unique<Unit>(people::app(), setup), Builds::any);
  for (const Record& each : table.records()) {
    const auto stored = decode_records(bytes_of(without_marks(each)));
    REQUIRE(stored);
    CHECK(tells_of_marker(stored->front()) ==
          (each.input.find(marker) != std::string::npos || !each.concerns.empty()));
    REQUIRE(
        (each.sequence == 1 ? again.begin(stored->front(), each) : again.take(stored->front())));
  }
  CHECK_FALSE(again.difference());
  CHECK(again.same() == table.records().size());
  CHECK(again.redacted() == 0);
}

TEST_CASE("something personal that is missing though nobody has erased it is found") {
  Table table(people::app());
  go_to_the_live_page(table);
  const Limits limits;
  for (const Redacted redacted : {Redacted::no, Redacted::yes}) {
    Unit::Setup setup;
    setup.id = UnitId::of(1, 0);
    setup.participants = {"p1", "p2"};
    setup.seed = 1;
    setup.limits = &limits;
    Reexecution again(std::make_unique<Unit>(people::app(), setup), Builds::any, redacted);
    for (const Record& each : table.records()) {
      Record stored = decode_records(bytes_of(each))->front();
      if (holds_personal(stored)) REQUIRE(join(stored, nullptr));
      REQUIRE((each.sequence == 1 ? again.begin(stored, each) : again.take(stored)));
    }
    CHECK(again.redacted() == 4);
    CHECK(again.difference().has_value() == (redacted == Redacted::no));
    if (again.difference()) CHECK(again.difference()->find("is missing") != std::string::npos);
  }
}

TEST_CASE("with everything personal erased a group is brought back and plays on") {
  Table table(people::app());
  go_to_the_live_page(table);
  table.live(1, {{"nick", marker}});
  table.live(1, "count");
  table.live(2, {{"rialto_chat", list("", "Ann", marker)}});
  table.live(2, "count");
  const Limits limits;
  Unit::Setup setup;
  setup.id = UnitId::of(1, 0);
  setup.participants = {"a", "b"};
  setup.limits = &limits;
  Unit unit(people::app(), setup);
  std::uint32_t redacted = 0;
  for (const Record& each : table.records()) {
    Record stored = decode_records(bytes_of(each))->front();
    if (holds_personal(stored)) REQUIRE(join(stored, nullptr));
    redacted += stored.redacted;
    REQUIRE(unit.apply(stored));
  }
  // Two forms: message and name. The nick: message, value, reply. The line: message and reply.
  CHECK(redacted == 2 * 2 + 3 + 2);
  CHECK(unit.sequence() == table.records().back().sequence);
  CHECK(unit.snapshot().find(marker) == std::string::npos);
  CHECK(unit.view(1, 0).chats.lines.empty());
  const PageRef talk{1, 1};
  const StepResult next = unit.live(1, talk, "later", 1, Value("count"), 0);
  REQUIRE(next.record);
  REQUIRE(next.record->replies.size() == 1);
  CHECK(next.record->replies[0].payload == R"({"count":3})");
  // A null field says so, as it did before anything was written to it.
  CHECK(unit.live(2, talk, "later", 1, Value("greet"), 0).code == "app_error");
}

}  // namespace
