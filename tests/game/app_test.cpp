#include "actors/app.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "actors/roster.h"
#include "actors/table.h"

namespace {

using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> rounds{this, "rounds", 0};
};
struct Player : PlayerIn<Group> {};

Reply echo(Player&, const Value& data) { return broadcast(data); }
Reply by_group(Group& group, int id_in_group, const Value& data) {
  group.rounds += 1;
  return {{id_in_group, data}};
}

struct TwiceGroup : GroupOf<struct TwicePlayer> {
  Field<int> a{this, "same"};
  Field<int> b{this, "same"};
};
struct TwicePlayer : PlayerIn<TwiceGroup> {};
struct PayoffGroup : GroupOf<struct PayoffPlayer> {};
struct PayoffPlayer : PlayerIn<PayoffGroup> {
  Field<Money> my_payoff{this, "payoff", 0};
};
struct LogGroup : GroupOf<struct LogPlayer> {
  Log<int, int> bids{this, "bids", {"x", "x"}};
};
struct LogPlayer : PlayerIn<LogGroup> {};
struct StampedGroup : GroupOf<struct StampedPlayer> {
  Log<double, int> bids{this, "bids", {"time", "amount"}};
};
struct StampedPlayer : PlayerIn<StampedGroup> {};
struct StampedRow : Row {
  int a = 0;
};
struct StampedRowsGroup : GroupOf<struct StampedRowsPlayer> {
  Rows<StampedRow> bids{this, "bids", {{"id", &StampedRow::a}}};
};
struct StampedRowsPlayer : PlayerIn<StampedRowsGroup> {};
struct DoubleRow : Row {
  int a = 0;
  int b = 0;
};
struct DoubleRowsGroup : GroupOf<struct DoubleRowsPlayer> {
  Rows<DoubleRow> bids{this, "bids", {{"a", &DoubleRow::a}, {"b", &DoubleRow::a}}};
};
struct DoubleRowsPlayer : PlayerIn<DoubleRowsGroup> {};
struct SeatedGroup : GroupOf<struct SeatedPlayer> {
  Log<int> bids{this, "bids", {"id_in_group"}};  // a group's row does not know whose it is
};
struct SeatedPlayer : PlayerIn<SeatedGroup> {
  Log<int> clicks{this, "clicks", {"id_in_group"}};
};
struct SpacedGroup : GroupOf<struct SpacedPlayer> {
  Field<int> a{this, "highest bid"};
};
struct SpacedPlayer : PlayerIn<SpacedGroup> {};

using Declared = App<Group, Player>;

std::string refusal(const auto& app) {
  try {
    const AnyApp made = app;
  } catch (const std::invalid_argument& error) {
    return error.what();
  }
  return "nothing was refused";
}

}  // namespace

TEST_CASE("an app that makes no sense is refused when it is made, with a sentence") {
  CHECK(refusal(Declared{.name = "my game", .pages = {{.name = "A"}}}) ==
        "the app \"my game\": a name is letters, digits and _, and begins with no digit");
  CHECK(refusal(Declared{.name = "x"}) == "x has no pages");
  CHECK(refusal(Declared{.name = "x", .pages = {{.live_method = echo}}}) ==
        "the page \"\": a name is letters, digits and _, and begins with no digit");
  CHECK(refusal(Declared{.name = "x", .pages = {{.name = "A"}, {.name = "A"}}}) ==
        "x has two pages of the name A");
  CHECK(refusal(Declared{.name = "x",
                         .pages = {{.name = "A", .live_method = echo, .live = {{"a", echo}}}}}) ==
        "page A has both .live_method and .live");
  CHECK(refusal(Declared{.name = "x", .pages = {{.name = "A", .group_timeout = 0s}}}) ==
        "page A: .group_timeout must be longer than nothing");
  CHECK(refusal(Declared{.name = "x", .pages = {{.name = "A", .on_timeout = [](Group&) {}}}}) ==
        "page A has an .on_timeout, but no .group_timeout");
  CHECK(refusal(Declared{.name = "x", .players_per_group = -1, .pages = {{.name = "A"}}}) ==
        "x: numbers of players and sends are not negative");
}

TEST_CASE("a log's column that its exported rows have by themselves is refused") {
  CHECK(refusal(App<StampedGroup, StampedPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "the log bids has a column \"time\", which each row of its exported table has by itself: "
        "leave it out, or call it something else");
  const std::string of_player =
      refusal(App<SeatedGroup, SeatedPlayer>{.name = "x", .pages = {{.name = "A"}}});
  CHECK(of_player.find("the log clicks has a column \"id_in_group\"") == 0);
}

TEST_CASE("a column of rows that their exported table has by itself is refused, and two for one") {
  CHECK(refusal(App<StampedRowsGroup, StampedRowsPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "the rows bids have a column \"id\", which each row of their exported table has by itself: "
        "leave it out, or call it something else");
  CHECK(refusal(App<DoubleRowsGroup, DoubleRowsPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "the rows bids have two columns for one member, \"a\" and \"b\"");
}

TEST_CASE("two columns of one name are refused, payoff among them") {
  CHECK(refusal(App<TwiceGroup, TwicePlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "x's Group has two columns of the name \"same\"");
  CHECK(refusal(App<PayoffGroup, PayoffPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "x's Player has two columns of the name \"payoff\": payoff is built in");
  CHECK(refusal(App<LogGroup, LogPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "the log bids has two columns of the name \"x\"");
  CHECK(refusal(App<SpacedGroup, SpacedPlayer>{.name = "x", .pages = {{.name = "A"}}}) ==
        "the column \"highest bid\": a name is letters, digits and _, and begins with no digit");
}

TEST_CASE("an app is described as it was declared") {
  const AnyApp app = Declared{
      .name = "x",
      .doc = "A test.",
      .players_per_group = 2,
      .sends_per_second = 50,
      .pages =
          {{.name = "Play", .live_method = echo, .history = History::none, .group_timeout = 2min},
           {.name = "Results"}},
  };
  CHECK(app->display_name == "X");
  CHECK(app->doc == "A test.");
  CHECK(app->players_per_group == 2);
  CHECK(app->sends_per_second == 50);
  REQUIRE(app->pages.size() == 2);
  CHECK(app->pages[0].history == History::none);
  CHECK(app->pages[0].group_timeout == 120s);
  CHECK(app->pages[1].history == History::replay);
  CHECK(!app->pages[1].live);
  Step step;
  CHECK(Roster(*app, 3, step).group(1, 1).player_count() == 3);
}

TEST_CASE("a live method may be written for the group and the sender's number") {
  Table table{Declared{.name = "x", .pages = {{.name = "A", .live_method = by_group}}}};
  const auto said = table.live(2, "hello");
  CHECK(said.heard(2) == "hello");
  CHECK(said.all_heard(1).empty());
  CHECK(table.field("rounds") == 1);
}

TEST_CASE("a live method may be a lambda, and so may the others") {
  Table table{Declared{
      .name = "x",
      .pages = {{.name = "A",
                 .live_method =
                     [](Player& player, const Value& data) {
                       player.payoff = 1;
                       return to(player, data);
                     },
                 .js_vars =
                     [](const Player&) {
                       return Value{{"a", 1}};
                     },
                 .error_message = [](const Player& player, const Value&) -> std::string {
                   return player.payoff == 1 ? "" : "not ok";
                 },
                 .before_next_page = [](Player& player) { player.payoff = 7; }},
                {.name = "B"}},
  }};
  CHECK(table.js_vars(1) == Value{{"a", 1}});
  CHECK(table.submit(1).message() == "not ok");
  CHECK(table.live(1, 5).heard(1) == 5);
  CHECK(table.submit(1).page(1) == "B");
  CHECK(table.field(1, "payoff") == 7);
}

TEST_CASE("messages find their function by type, and others learn the types there are") {
  Table table{
      Declared{.name = "x", .pages = {{.name = "A", .live = {{"a", echo}, {"b", by_group}}}}}};
  CHECK(!table.live(1, {{"type", "a"}}).heard(2).is_null());
  CHECK(table.live(1, {{"type", "b"}}).heard(2).is_null());
  const auto unknown = table.live(1, {{"type", "c"}});
  CHECK(unknown.code() == "bad_message");
  CHECK(unknown.message() == "unknown type \"c\"; this page knows \"a\", \"b\"");
}

TEST_CASE("players and groups find each other") {
  const AnyApp app = Declared{.name = "x", .pages = {{.name = "A"}}};
  Step step;
  const Roster roster(*app, 3, step);
  auto& group = static_cast<Group&>(roster.group(1, 1));
  CHECK(&group.player(2).group() == &group);
  std::string ids;
  for (Player& player : group.players()) ids += std::to_string(player.id_in_group());
  CHECK(ids == "123");
  for (int id = 1; id <= 3; ++id) {
    std::string others;
    for (Player& other : group.player(id).others()) others += std::to_string(other.id_in_group());
    CHECK(others == std::string("123").erase(static_cast<std::size_t>(id) - 1, 1));
    CHECK(group.player(id).others().size() == 2);
  }
  CHECK_THROWS_AS(group.player(4), AppError);
  CHECK_THROWS_AS(group.player(Value(4)), BadMessage);
  CHECK_THROWS_AS(group.player(Value("2")), BadMessage);
}

TEST_CASE("chance is drawn from the step: the same step draws the same, another one others") {
  const AnyApp app = Declared{.name = "x", .pages = {{.name = "A"}}};
  Step step;
  const Roster roster(*app, 1, step);
  auto& group = static_cast<Group&>(roster.group(1, 1));
  const auto draw = [&](std::uint64_t seed) {
    step.open(0, seed);
    std::vector<std::int64_t> drawn;
    for (int i = 0; i < 100; ++i) drawn.push_back(group.random().integer(1, 6));
    step.keep();
    return drawn;
  };
  const auto first = draw(1);
  CHECK(draw(1) == first);
  CHECK(draw(2) != first);
  for (std::int64_t face = 1; face <= 6; ++face)
    CHECK(std::count(first.begin(), first.end(), face) > 0);
  CHECK(*std::max_element(first.begin(), first.end()) == 6);
  CHECK_THROWS_AS(group.random().integer(1, 6), AppError);  // no step is open
  step.open(0, 3);
  CHECK_THROWS_AS(group.random().integer(2, 1), AppError);
  CHECK(group.random().real() < 1);
  std::vector<int> cards{1, 2, 3, 4, 5, 6, 7, 8};
  group.random().shuffle(cards);
  CHECK(std::is_permutation(cards.begin(), cards.end(),
                            std::vector<int>{1, 2, 3, 4, 5, 6, 7, 8}.begin()));
  CHECK(group.random().choice({"red", "red"}) == std::string("red"));
  CHECK_THROWS_AS(group.random().choice(std::vector<int>{}), AppError);
}
