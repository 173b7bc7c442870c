// What comes from outside and stays with a unit is bounded, and the bound is told.
#include <doctest/doctest.h>

#include <algorithm>

#include "actors/app.h"
#include "actors/form.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace {

using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<std::string> note{this, "note", {.blank = true, .max_length = 5}};
  Field<std::string> essay{this, "essay", {.blank = true, .widget = Widget::text_area}};
  Field<int> count{this, "count", {.blank = true}};
};

Reply keep(Player&, const Value& data) {
  return latest(data["key"].as<std::string>(), broadcast(data["value"]));
}

AnyApp app() {
  return App<Group, Player>{
      .name = "keeping",
      .players_per_group = 2,
      .message_bytes = 100'000,
      .pages = {{.name = "Keep",
                 .live_method = keep,
                 .form = {&Player::note, &Player::essay, &Player::count}}},
  };
}

Value key_value(const std::string& key) { return {{"key", key}, {"value", 1}}; }

std::vector<std::string> codes(const test::Heard& heard) {
  std::vector<std::string> all;
  for (const Outcome& outcome : heard.outcomes()) all.push_back(outcome.code);
  return all;
}

}  // namespace

namespace rialto::test {

TEST_CASE("of a form only what the page asks for is kept, cut behind what its field takes") {
  const AnyApp game = app();
  const PageModel& page = game->pages.front();
  const std::string ten_thousand(10'000, '7');
  const Value asked = asked_values(
      page, {{"other", "x"},
             {"note", "0123456789012345678901234567890"},
             {"essay", std::string(100'000, 'e')},
             {"count", ten_thousand + ten_thousand + ten_thousand + ten_thousand + ten_thousand}});
  CHECK(asked.size() == 3);
  CHECK(asked["note"] == "012345678901234567890123…");  // longer than five characters all the same
  CHECK(asked["essay"].size() == 100'000);
  CHECK(asked["count"].size() < 41'000);
  CHECK(asked_values(page, {{"note", "äöüäöüäöüäöüäöü"}})["note"] == "äöüäöüäöüäöü…");
  CHECK(asked_values(page, {{"note", "12345"}}).dump() == R"({"note":"12345"})");
}

TEST_CASE("a refused form is stored no longer than its fields") {
  UnitWorld world(app());
  world.tell_directory(SubmitPage{
      8,
      world.participants()[0],
      "keeping",
      {1, 0},
      {},
      {{"note", std::string(1'000'000, 'x')}, {"unasked", std::string(1'000'000, 'x')}}});
  world.settle();
  const Record last = world.records().back();
  CHECK(last.code == "form_refused");
  CHECK(last.input.size() < 100);
}

TEST_CASE("latest takes no more keys, and no longer ones, than a unit can keep") {
  UnitWorld world(app());
  world.limits.latest_marks = 3 * (2 + 16);
  world.limits.latest_key = 8;
  world.restart();  // limits are fixed when the server starts
  world.join(1, {1, 0});
  world.settle();
  for (const char* key : {"a", "far too long", "b", "c", "d", "a"}) {
    world.send(1, key_value(key), {1, 0});
    world.settle();
  }
  CHECK(codes(world.heard) == std::vector<std::string>{"", "app_error", "", "", "app_error", ""});
}

TEST_CASE("on a full disk ever new senders take no memory for ever") {
  UnitWorld world(tally_app());
  world.limits.blocked_senders = 2;
  world.restart();
  world.join(1);
  world.settle();
  world.store.room = false;
  for (const char* sender : {"one", "two", "three"}) {
    world.send_numbered(1, 1, Value(1), {}, sender);
    world.send_numbered(1, 2, Value(1), {}, sender);
  }
  world.settle();
  CHECK(codes(world.heard) == std::vector<std::string>(6, "storage_full"));
  world.store.room = true;
  world.send_numbered(1, 2, Value(1), {}, "one");
  world.send_numbered(1, 2, Value(1), {}, "three");
  world.settle();
  const auto all = codes(world.heard);
  CHECK(all.at(6) == "storage_full");  // 1 comes first
  CHECK(all.at(7) == "number_gap");    // not remembered: told
}

TEST_CASE("an app says how large its messages may be, up to what a browser keeps") {
  UnitWorld world(app());
  world.join(1, {1, 0});
  world.settle();
  CHECK(world.heard.joined.at(0).message_bytes == 100'000);
  AppModel model = *app();
  model.message_bytes = max_message_bytes + 1;
  CHECK_THROWS_AS(detail::checked_app(std::move(model)), std::invalid_argument);
}

}  // namespace rialto::test
