#include "actors/field.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "tests/game/small_game.h"

using rialto::AppError;
using rialto::list;
using rialto::Money;
using rialto::Value;
using small_game::Group;
using small_game::Player;
using small_game::World;

namespace {

std::string what(auto&& act) {
  try {
    act();
  } catch (const AppError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

rialto::Column& column(rialto::Model& model, std::string_view name) {
  for (rialto::Column* each : model.columns()) {
    if (each->name() == name) return *each;
  }
  throw std::invalid_argument("no such column");
}

}  // namespace

TEST_CASE("a field is used like its value") {
  World world;
  Group& group = world.group;
  world.step.open(0, 1);
  group.highest_bid = 10;
  group.highest_bid += Money::parse("0.50");
  CHECK(group.highest_bid == Money::parse("10.5"));
  CHECK(group.highest_bid > 10);
  CHECK(11 > group.highest_bid);
  CHECK(group.highest_bid * 2 == 21);
  CHECK(30 - group.highest_bid == Money::parse("19.5"));
  CHECK(-group.highest_bid == Money::parse("-10.5"));
  group.leader = 2;
  group.leader++;
  ++group.leader;
  group.leader -= 1;
  const int leader = group.leader;
  CHECK(leader == 3);
  CHECK(group.leader + group.votes[0] == 4);
  group.finished = true;
  CHECK(group.finished);
  CHECK_FALSE(!group.finished);
  group.board += "X";
  CHECK(group.board == "   X");
  CHECK("   X" == group.board);
  CHECK(group.board + "!" == "   X!");
  CHECK(group.board.size() == 4);
  CHECK(group.board[3] == 'X');
  group.large = group.board.size();
  CHECK(group.large == 4);
  CHECK(rialto::max(group.leader, 7) == 7);
  CHECK(rialto::min(group.highest_bid, Money(20)) == group.highest_bid);
  CHECK(group.share == 2);
  group.share = group.player(1).contribution;
  CHECK(group.share == 5);
}

TEST_CASE("lists are looked up by the number that a field holds, too") {
  World world;
  world.step.open(0, 1);
  world.group.queue = {7, 8};
  world.group.leader = 1;
  CHECK(world.group.queue[world.group.leader] == 8);
  const Value rows = list("a", "b");
  CHECK(rows[world.group.leader] == "b");
  world.group.book = rows;
  CHECK(world.group.book[world.group.leader] == "b");
}

TEST_CASE("lists, texts and Values are changed in place, and only so") {
  World world;
  Group& group = world.group;
  world.step.open(0, 1);
  group.queue = {3, 4};
  group.queue.edit([](auto& queue) { queue.push_back(5); });
  CHECK(group.queue.to_json() == "[3,4,5]");
  group.queue = {0, 0};
  CHECK(group.queue.size() == 2);
  group.names = {"x", "y"};
  CHECK(group.names[1] == "y");
  group.votes.edit([](auto& votes) { votes[2] = 9; });
  CHECK(group.votes[2] == 9);
  group.board.edit([](auto& board) { board[1] = 'O'; });
  CHECK(group.board == " O ");
  group.book.edit([](Value& book) { book.set("bids", list(1, 2)); });
  CHECK(group.book["bids"][1] == 2);
  int sum = 0;
  for (const int each : group.votes) sum += each;
  CHECK(sum == 12);
  CHECK(what([&] { (void)group.queue[2]; }) == "queue has 2 items, no item 2 (from 0)");
}

TEST_CASE("reading null is an error that names the field, asking for it is not") {
  World world;
  Group& group = world.group;
  CHECK(what([&] { (void)(group.leader == 1); }) ==
        "leader is null: nothing was assigned to it yet. If that may be, use leader.value_or(x), "
        ".or_null() or .is_null()");
  CHECK(group.leader.is_null());
  CHECK(group.leader.value_or(7) == 7);
  CHECK(group.leader.or_null() == nullptr);
  world.step.open(0, 1);
  group.leader = 1;
  CHECK(group.leader.or_null() == 1);
  group.leader = nullptr;
  CHECK(group.leader.is_null());
  group.book = Value();
  CHECK(group.book.is_null());
}

TEST_CASE("a rolled-back step leaves every field as it was") {
  World world;
  Group& group = world.group;
  Player& player = group.player(2);
  std::vector<std::string> before;
  for (rialto::Column* each : group.columns()) before.push_back(each->to_json());
  world.step.open(0, 1);
  group.highest_bid = 1;
  group.highest_bid = 2;
  group.leader = 3;
  group.board.edit([](auto& board) { board[0] = 'X'; });
  group.queue.edit([](auto& queue) { queue.assign(100, 1); });
  group.book.edit([](Value& book) { book.set("a", 1); });
  group.finished = true;
  player.contribution += 3;
  world.step.roll_back();
  for (std::size_t i = 0; i < before.size(); ++i) {
    CHECK(group.columns()[i]->to_json() == before[i]);
  }
  CHECK(player.contribution == 5);
}

TEST_CASE("a step names each field it changed once, and forgets them with the next step") {
  World world;
  Group& group = world.group;
  world.step.open(0, 1);
  group.highest_bid = 1;
  group.highest_bid = 2;
  group.leader = 3;
  group.price = 1.5;  // what it was: no change
  world.step.keep();
  REQUIRE(world.step.touched.size() == 2);
  CHECK(world.step.touched[0] == &group.highest_bid);
  CHECK(world.step.touched[1] == &group.leader);
  world.step.open(0, 2);
  group.highest_bid = 5;
  world.step.roll_back();
  CHECK(group.highest_bid == 2);
}

TEST_CASE("what is stored is read back equal") {
  World one;
  World two;
  Group& group = one.group;
  one.step.open(0, 1);
  group.highest_bid = Money::parse("-10.55");
  group.large = std::numeric_limits<std::int64_t>::min();
  group.price = 0.1 + 0.2;
  group.board = "\n\"ü";
  group.book = {{"a", list(1, nullptr)}};
  group.queue = {1, 2};
  one.step.keep();
  for (std::size_t i = 0; i < group.columns().size(); ++i) {
    two.group.columns()[i]->from_json(group.columns()[i]->to_json());
    CHECK(two.group.columns()[i]->to_json() == group.columns()[i]->to_json());
  }
  CHECK(two.group.large == group.large);
  CHECK(two.group.price == group.price);
  CHECK(two.group.highest_bid == group.highest_bid);
}

TEST_CASE("a stored value of another type is refused, naming the column") {
  World world;
  CHECK_THROWS_WITH_AS(column(world.group, "leader").from_json("\"x\""),
                       "column leader: expected a number, got the text \"x\"", std::runtime_error);
  CHECK_THROWS_AS(column(world.group, "votes").from_json("[1,2]"), std::runtime_error);
  CHECK_THROWS_AS(column(world.group, "board").from_json("5"), std::runtime_error);
  CHECK_THROWS_AS(column(world.group, "queue").from_json("[1"), std::runtime_error);
}

TEST_CASE("nothing is assigned outside a step") {
  World world;
  CHECK(what([&] { world.group.leader = 1; }) ==
        "group.leader was assigned outside a step: hooks that show a page only read");
  CHECK(what([&] { world.group.player(2).payoff = 1; }) ==
        "player 2.payoff was assigned outside a step: hooks that show a page only read");
  CHECK(world.group.leader.is_null());
}

TEST_CASE("a number that does not fit the field is an error, not another number") {
  World world;
  world.step.open(0, 1);
  CHECK(what([&] { world.group.leader = std::int64_t{5'000'000'000}; }) ==
        "leader: 5000000000 is too large for its type");
  CHECK_THROWS_AS(world.group.large = std::numeric_limits<std::uint64_t>::max(), AppError);
}

TEST_CASE("NaN and broken text cannot be stored") {
  World world;
  world.step.open(0, 1);
  world.group.price = std::nan("");
  CHECK_THROWS_AS(world.group.price.to_json(), AppError);
  world.group.board = "\xFF";
  CHECK_THROWS_AS(world.group.board.to_json(), AppError);
}

TEST_CASE("columns say their names, types and what is personal, in declared order") {
  World world;
  std::string described;
  for (const rialto::Column* each : world.group.columns()) {
    described += each->name() + ":" + std::string(each->type()) + (each->personal() ? "! " : " ");
  }
  CHECK(described ==
        "highest_bid:money leader:int large:int64 finished:bool price:double board:string "
        "book:value queue:list names:list votes:list secret:string! share:money ");
  CHECK(world.group.secret.options()->label == "Your name?");
  CHECK(world.group.share.options()->max == Money(20));
  CHECK(world.group.player(1).columns().front()->name() == "payoff");
}

TEST_CASE("a Value takes a field for what it holds") {
  World world;
  world.step.open(0, 1);
  world.group.leader = 3;
  const Value value{{"leader", world.group.leader},
                    {"mark", world.group.board[0]},
                    {"book", world.group.book},
                    {"votes", world.group.votes}};
  CHECK(value.dump() == R"({"leader":3,"mark":" ","book":{},"votes":[1,2,3]})");
  CHECK(Value(3) == world.group.leader);
}
