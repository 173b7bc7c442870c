#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace tictactoe {
rialto::AnyApp app();
}

using rialto::Table;
using rialto::Value;

namespace {

Value square(int number) { return {{"square", number}}; }

void play(Table& table, std::initializer_list<int> squares) {
  int player = 1;
  for (const int number : squares) {
    REQUIRE(table.live(player, square(number)).code().empty());
    player = 3 - player;
  }
}

}  // namespace

TEST_CASE("tictactoe: a move is told to both players together with the new board") {
  Table table{tictactoe::app()};
  const auto move = table.live(1, square(3));
  const Value told{
      {"board", "   X     "}, {"whose_turn", 2}, {"result", ""}, {"square", 3}, {"id_in_group", 1}};
  CHECK(move.heard(1) == told);
  CHECK(move.heard(2) == told);
}

TEST_CASE("tictactoe: a page that loads gets the board, alone") {
  Table table{tictactoe::app()};
  play(table, {4, 0});
  const auto load = table.live(2, Value::object());
  CHECK(load.heard(2) == Value{{"board", "O   X    "}, {"whose_turn", 1}, {"result", ""}});
  CHECK(load.all_heard(1).empty());
  CHECK(table.reload(2).empty());
}

TEST_CASE("tictactoe: a move out of turn, on a taken square or off the board is refused") {
  Table table{tictactoe::app()};
  CHECK(table.live(2, square(0)).message() == "It is not your turn.");
  play(table, {0});
  CHECK(table.live(2, square(0)).message() == "That square is not free.");
  CHECK(table.live(2, square(9)).message() == "That square is not free.");
  CHECK(table.live(2, square(-1)).code() == "bad_message");
  CHECK(table.live(2, {{"square", "1"}}).code() == "bad_message");
  CHECK(table.field("board") == "X        ");
  CHECK(table.live(2, square(1)).code().empty());
}

TEST_CASE("tictactoe: three in a row win, and then nobody moves") {
  Table table{tictactoe::app()};
  play(table, {0, 3, 1, 4, 2});
  CHECK(table.js_vars(2)["result"] == "X");
  CHECK(table.live(2, square(5)).message() == "It is not your turn.");
  CHECK(table.submit(1).page(1) == "Results");
}

TEST_CASE("tictactoe: a full board without three in a row is a draw") {
  Table table{tictactoe::app()};
  play(table, {0, 1, 2, 4, 3, 5, 7, 6, 8});
  CHECK(table.js_vars(1)["result"] == "draw");
}

TEST_CASE("tictactoe: the board survives a restart") {
  Table table{tictactoe::app()};
  play(table, {0, 4});
  table.restart();
  CHECK(table.live(1, square(8)).heard(2)["board"] == "X   O   X");
}

TEST_CASE("tictactoe: bots play to the end") {
  Table table{tictactoe::app()};
  table.play_bots(500);
  CHECK(table.js_vars(1)["result"] != "");
  table.restart();
}
