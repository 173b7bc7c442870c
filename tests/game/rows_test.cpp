#include "actors/rows.h"

#include <doctest/doctest.h>

#include <memory>

#include "actors/app.h"
#include "actors/roster.h"
#include "actors/step.h"
#include "actors/table.h"
#include "actors/unit.h"

namespace book {
using namespace rialto;

struct Order : Row {
  int player = 0;
  Money price;
  bool is_bid = false;
  std::optional<Money> limit;
  std::vector<int> marks;
};
struct Note : Row {
  std::string text;
};
struct Group : GroupOf<struct Player> {
  Rows<Order> orders{this,
                     "orders",
                     {{"player", &Order::player},
                      {"price", &Order::price},
                      {"is_bid", &Order::is_bid},
                      {"limit", &Order::limit},
                      {"marks", &Order::marks}}};
  Log<int> steps{this, "steps", {"player"}};
};
struct Player : PlayerIn<Group> {
  Rows<Note> notes{this, "notes", {{"text", &Note::text}}};
};

// {"add": price}, {"edit": id, "price"}, {"erase": id}; with "throw", it fails after that.
Reply play(Player& player, const Value& data) {
  Group& group = player.group();
  group.steps.append(player.id_in_group());
  if (data.contains("add")) {
    group.orders.add({.player = player.id_in_group(), .price = data["add"].as<Money>()});
    player.notes.add({.text = data["add"].dump()});
  }
  if (data.contains("edit")) {
    group.orders.edit(data["edit"], [&](Order& order) { order.price = data["price"].as<Money>(); });
  }
  if (data.contains("erase")) group.orders.erase(data["erase"]);
  if (data.contains("throw")) throw std::runtime_error("thrown");
  return broadcast({{"orders", group.orders}});
}

AnyApp app() {
  return App<Group, Player>{
      .name = "book", .players_per_group = 2, .pages = {{.name = "Play", .live_method = play}}};
}

// A group with its players, on a step that tests open and close.
struct World {
  AnyApp game = app();
  Step step;
  std::unique_ptr<Roster> roster = std::make_unique<Roster>(*game, 2, step);
  Group& group = static_cast<Group&>(roster->group(1, 1));
  Rows<Order>& orders = group.orders;
};

std::string prices(const auto& orders) {
  std::string text;
  for (const Order& order : orders) {
    text += std::to_string(order.id()) + ":" + order.price.text() + " ";
  }
  return text;
}

}  // namespace book

// Rows of the session's round, some from the start.
namespace board {
using namespace rialto;

struct Notice : Row {
  std::string text;
};
struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};
struct Subsession : SubsessionOf<Group> {
  Rows<Notice> notices{this, "notices", {{"text", &Notice::text}}};
};

void pin_two(Subsession& all) {
  for (const char* text : {"one", "two"}) all.notices.add({.text = text});
  all.notices.edit(1, [](Notice& notice) { notice.text += "!"; });
}
Reply tear_off(Player& player, const Value& data) {
  auto& notices = player.subsession<Subsession>().notices;
  notices.erase(data);
  notices.add({.text = "by " + player.participant_code()});
  return broadcast(notices);
}

AnyApp app() {
  return App<Group, Player, Subsession>{.name = "board",
                                        .players_per_group = 1,
                                        .creating_session = pin_two,
                                        .pages = {{.name = "Read", .live_method = tear_off}}};
}
}  // namespace board

using namespace book;

TEST_CASE("rows are added, changed and erased by their ids, and walked through in their order") {
  World world;
  world.step.open(0, 1);
  const int first = world.orders.add({.player = 1, .price = 10, .is_bid = true});
  const int second = world.orders.add({.player = 2, .price = 12});
  CHECK(first == 1);
  CHECK(second == 2);
  world.orders.edit(first, [](Order& order) { order.price = 11; });
  CHECK(prices(world.orders) == "1:11 2:12 ");
  world.orders.erase(first);
  CHECK(prices(world.orders) == "2:12 ");
  CHECK(world.orders.size() == 1);
  CHECK(!world.orders.contains(first));
  CHECK(world.orders.add({.price = 9}) == 3);
}

TEST_CASE("a row by its id can be looked at, changed and erased, and says so when it is gone") {
  World world;
  world.step.open(0, 1);
  world.orders.add({.price = 10});
  const auto order = world.orders.row(1);
  order.edit([&](Order& changed) { changed.limit = order->price + 1; });
  CHECK(order->limit == Money(11));
  CHECK(order.to_value().dump() ==
        R"({"id":1,"player":0,"price":10,"is_bid":false,"limit":11,"marks":[]})");
  order.erase();
  CHECK(!order.exists());
  CHECK_THROWS_WITH_AS((void)order->price, "row 1 of orders was deleted", AppError);
  CHECK_THROWS_WITH_AS((void)world.orders.row(1), "row 1 of orders was deleted", AppError);
}

TEST_CASE("an id from a message that names no row is a bad message") {
  World world;
  CHECK_THROWS_WITH_AS((void)world.orders.row(Value(1)),
                       "there is no row 1 of orders, which has had no rows yet", BadMessage);
  world.step.open(0, 1);
  for (int i = 1; i <= 17; ++i) world.orders.add({.price = i});
  world.orders.erase(17);
  CHECK_THROWS_WITH_AS(world.orders.erase(Value(17)), "row 17 of orders was deleted", BadMessage);
  CHECK_THROWS_WITH_AS(world.orders.edit(Value(18), [](Order&) {}),
                       "there is no row 18 of orders, whose rows so far are 1 to 17", BadMessage);
  CHECK_THROWS_AS((void)world.orders.row(Value("one")), BadMessage);
  CHECK_THROWS_AS((void)world.orders.row(18), AppError);
}

TEST_CASE("rows are chosen by a value, by a test, and sorted, equal ones by their ids") {
  World world;
  world.step.open(0, 1);
  for (const int price : {30, 10, 20, 10}) {
    world.orders.add({.player = price == 30 ? 2 : 1, .price = price, .is_bid = price < 25});
  }
  world.orders.edit(3, [](Order& order) { order.limit = 5; });
  const auto& orders = world.orders;
  CHECK(prices(orders.filter(&Order::price, 10)) == "2:10 4:10 ");
  CHECK(prices(orders.filter(&Order::player, 1).filter(&Order::price, Money(20))) == "3:20 ");
  CHECK(prices(orders.filter(&Order::is_bid)) == "2:10 3:20 4:10 ");
  CHECK(orders.filter(&Order::limit, std::nullopt).size() == 3);
  CHECK(prices(orders.filter([](const Order& order) { return order.price > 15; })) == "1:30 3:20 ");
  CHECK(prices(orders.sorted_by(&Order::price)) == "2:10 4:10 3:20 1:30 ");
  CHECK(prices(orders.sorted_by(&Order::price, descending)) == "1:30 3:20 2:10 4:10 ");
  CHECK(prices(orders.sorted_by([](const Order& order) { return -order.id(); })) ==
        "4:10 3:20 2:10 1:30 ");
  CHECK(orders.filter(&Order::is_bid).sorted_by(&Order::price).first().id() == 2);
  CHECK(orders.sorted_by(&Order::price).last().id() == 1);
  CHECK(Value{{"asks", orders.filter(&Order::player, 2)}}.dump() ==
        R"({"asks":[{"id":1,"player":2,"price":30,"is_bid":false,"limit":null,"marks":[]}]})");
  CHECK_THROWS_WITH_AS((void)orders.filter(&Order::price, 99).first(),
                       "orders: 0 rows were chosen, there is no row 0 of them (from 0)", AppError);
}

TEST_CASE("erasing and adding while walking through the rows is safe") {
  World world;
  world.step.open(0, 1);
  for (const int price : {1, 2, 3, 4, 5}) world.orders.add({.price = price});
  std::string walked;
  for (const Order& order : world.orders) {
    world.orders.erase(order.id());
    if (order.id() == 2) world.orders.erase(3);
    world.orders.add({.price = 100});
    walked += order.price.text() + " ";  // it stays where it is until the step ends
  }
  CHECK(walked == "1 2 4 5 ");
  CHECK(prices(world.orders) == "6:100 7:100 8:100 9:100 ");
  for (const Order& order : world.orders.filter(&Order::price, 100)) {
    world.orders.erase(order.id());
  }
  CHECK(world.orders.empty());
  for (const Order& order : world.orders) FAIL(order.id());
}

TEST_CASE("what is written down is what changed") {
  World world;
  world.step.open(0, 1);
  world.orders.add({.player = 1, .price = Money::parse("9.50"), .marks = {1, 2}});
  world.orders.edit(1, [](Order& order) { order.price = 12; });
  world.orders.edit(1, [](Order& order) { order.price = 12; });
  world.orders.edit(1, [](Order& order) { order = Order{.player = 1, .price = 12}; });
  CHECK(world.orders.row(1).id() == 1);
  world.orders.erase(1);
  std::vector<std::string> written;
  for (const auto& row : world.step.rows) written.push_back(row.json);
  CHECK(written == std::vector<std::string>{
                       R"([1,{"player":1,"price":9.5,"is_bid":false,"limit":null,"marks":[1,2]}])",
                       R"([1,{"price":12}])", R"([1,{"marks":[]}])", "[1]"});
}

TEST_CASE("an edit that throws has changed nothing, also where the game goes on") {
  World world;
  world.step.open(0, 1);
  world.orders.add({.price = 10});
  const auto fails = [](Order& order) {
    order.price = 20;
    throw std::runtime_error("no");
  };
  CHECK_THROWS_AS(world.orders.edit(1, fails), std::runtime_error);
  CHECK(prices(world.orders) == "1:10 ");
  const auto erases = [&](Order&) { world.orders.erase(1); };
  CHECK_THROWS_WITH_AS(world.orders.edit(1, erases), "row 1 of orders was deleted", AppError);
}

TEST_CASE("what cannot be stored is not added, and nothing is changed outside a step") {
  World world;
  auto& notes = static_cast<Player&>(world.group.player_base(1)).notes;
  CHECK_THROWS_WITH_AS(
      notes.add({.text = "a"}),
      "player 1.notes was changed outside a step: hooks that show a page only read", AppError);
  world.step.open(0, 1);
  CHECK_THROWS_AS(notes.add({.text = "\xFF"}), AppError);
  CHECK(notes.empty());
  CHECK(world.step.rows.empty());
}

TEST_CASE(
    "whatever a step did, rolled back it was not, and kept it comes back from what is written") {
  World world;
  World recovered;
  std::uint64_t random = 7;
  const auto draw = [&](int below) {
    random = random * 6364136223846793005ULL + 1442695040888963407ULL;
    return static_cast<int>((random >> 33U) % static_cast<std::uint64_t>(below));
  };
  for (int round = 0; round < 500; ++round) {
    const std::string before = world.orders.stored().dump();
    world.step.open(round, 1);
    for (int change = draw(6); change >= 0; --change) {
      const int id = 1 + draw(40);
      const int kind = draw(3);
      if (kind == 0) world.orders.add({.player = draw(9), .price = draw(100), .marks = {round}});
      if (kind == 0 || !world.orders.contains(id)) continue;
      if (kind == 1) world.orders.edit(id, [&](Order& order) { order.price = draw(100); });
      if (kind == 2) world.orders.erase(id);
    }
    if (draw(2) == 0) {
      world.step.roll_back();
      REQUIRE(world.orders.stored().dump() == before);
      continue;
    }
    for (const auto& row : world.step.rows) recovered.orders.restore(row.json);
    world.step.keep();
    REQUIRE(recovered.orders.stored().dump() == world.orders.stored().dump());
  }
  World from_snapshot;
  from_snapshot.orders.restore_stored(world.orders.stored());
  CHECK(from_snapshot.orders.stored().dump() == world.orders.stored().dump());
  CHECK(world.orders.size() > 5);
}

TEST_CASE("a stored change that does not fit is refused") {
  World world;
  for (const char* change :
       {"[2,{}]", "[1]", "[]", "[1,2,3]", R"(["x",{}])", R"([1,{"price":"ten"}])", "{}"}) {
    CAPTURE(change);
    CHECK_THROWS_AS(world.orders.restore(change), std::runtime_error);
  }
}

TEST_CASE("an id is never used again, neither after a step that threw nor after a restart") {
  Table table{app()};
  table.live(1, {{"add", 10}});
  table.live(2, {{"add", 20}});
  CHECK(table.live(1, {{"erase", 2}, {"throw", true}}).code() == "app_error");
  CHECK(table.live(1, {{"add", 30}, {"throw", true}}).code() == "app_error");
  CHECK(table.rows("orders").size() == 2);
  table.live(1, {{"erase", 2}});
  table.restart();
  CHECK(table.live(1, {{"edit", 2}, {"price", 1}}).message() == "row 2 of orders was deleted");
  CHECK(table.live(2, {{"add", 40}}).heard(1)["orders"][1]["id"] == 3);
  table.verify();
}

TEST_CASE("a unit that is killed after any commit has the same rows, from records or a snapshot") {
  const Limits limits;
  const Unit::Setup setup{UnitId::of(1, 0), {"p1", "p2"}, 1, &limits, nullptr};
  Unit unit(app(), setup);
  std::vector<Record> records{unit.create(1)};
  std::vector<std::string> after{unit.snapshot()};
  const std::vector<Value> sends{
      {{"add", 10}},  {{"add", 20}}, {{"edit", 1}, {"price", 15}}, {{"erase", 1}, {"throw", true}},
      {{"erase", 1}}, {{"add", 30}}, {{"erase", 3}, {"add", 5}},   {{"edit", 2}, {"price", 7}}};
  for (std::size_t i = 0; i < sends.size(); ++i) {
    const auto number = static_cast<std::uint64_t>(i) + 1;
    records.push_back(*unit.live(1, {}, "s", number, sends[i], 2 + static_cast<int>(i)).record);
    after.push_back(unit.snapshot());
  }
  for (std::size_t killed = 0; killed < records.size(); ++killed) {
    Unit again(app(), setup);
    for (std::size_t i = 0; i <= killed; ++i) REQUIRE(again.apply(records[i]));
    CHECK(again.snapshot() == after[killed]);
    Unit from_snapshot(app(), setup);
    const auto fetch = [&] {
      for (std::size_t i = 0; i <= killed; ++i) from_snapshot.add_rows(records[i]);
    };
    REQUIRE(from_snapshot.restore(after[killed], fetch));
    for (std::size_t i = killed + 1; i < records.size(); ++i) {
      REQUIRE(from_snapshot.apply(records[i]));
    }
    CHECK(from_snapshot.snapshot() == after.back());
    const auto& group = static_cast<const Group&>(from_snapshot.group());
    CHECK(prices(group.orders) == "2:7 4:5 ");
    CHECK(group.steps.size() == sends.size() - 1);  // fetched; rows were in the snapshot already
    CHECK(prices(group.orders) == "2:7 4:5 ");
  }
}

TEST_CASE("a page's template may name rows, and finds them as objects with their ids") {
  const Limits limits;
  Unit unit(app(), {UnitId::of(1, 0), {"p1", "p2"}, 1, &limits, nullptr});
  unit.create(1);
  unit.live(1, {}, "s", 1, {{"add", 10}}, 2);
  const Value vars = unit.view(1, 3).vars;
  CHECK(vars["group"]["orders"][0]["price"] == 10);
  CHECK(vars["group"]["orders"][0]["id"] == 1);
  CHECK(vars["player"]["notes"].dump() == R"([{"id":1,"text":"10"}])");
}

TEST_CASE("rows of a subsession are all groups', and those made with the session come back") {
  Table table{board::app(), 2};
  CHECK(table.live(1, 1).heard(1)[0]["text"] == "two");
  table.restart();
  CHECK(table.live(2, 1).message() == "row 1 of notices was deleted");
  const Value seen = table.live(2, 2).heard(2);
  CHECK(seen.size() == 2);
  CHECK(seen[1]["id"] == 4);
  table.verify();
}

TEST_CASE("a row that stands in Rows is an object where a Value is wanted, a new one is none yet") {
  book::World world;
  auto& orders = world.orders;
  world.step.open(0, 1);
  orders.add({.player = 1, .price = 10});
  const book::Order& order = orders.row(1);
  CHECK(Value(order)["price"] == 10);
  CHECK(Value(orders.filter(&book::Order::player, 1).first())["id"] == 1);
  CHECK(list(*orders.begin())[0] == Value(orders.row(1)));
  CHECK_THROWS_WITH_AS(Value(book::Order{}), doctest::Contains("not added"), AppError);
}
