// Tic-tac-toe: a move is told to both with the whole board; a page that loads asks for it with {}.
#include "actors/app.h"

namespace tictactoe {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<std::string> board{this, "board", "         "};  // squares 0 to 8, row by row
  Field<int> whose_turn{this, "whose_turn", 1};          // 0: the game is over
};
struct Player : PlayerIn<Group> {};

std::string result_of(const std::string& b) {  // "X" or "O" has won, "draw", or "" so far
  for (const char* line : {"012", "345", "678", "036", "147", "258", "048", "246"}) {
    const char x = b[line[0] - '0'], y = b[line[1] - '0'], z = b[line[2] - '0'];
    if (x != ' ' && x == y && y == z) return {x};
  }
  return b.find(' ') == std::string::npos ? "draw" : "";
}

Value state(const Group& group) {
  return {
      {"board", group.board}, {"whose_turn", group.whose_turn}, {"result", result_of(group.board)}};
}

Reply play(Player& player, const Value& data) {
  Group& group = player.group();
  const int me = player.id_in_group();
  if (!data.contains("square")) return transient(to(player, state(group)));  // a page has loaded
  const auto square = data["square"].as<unsigned>();
  if (group.whose_turn != me) return reject("It is not your turn.");
  if (square > 8 || group.board[square] != ' ') return reject("That square is not free.");
  group.board.edit([&](auto& board) { board[square] = me == 1 ? 'X' : 'O'; });
  group.whose_turn = result_of(group.board) == "" ? 3 - me : 0;
  return broadcast(state(group).update({{"square", square}, {"id_in_group", me}}));
}

Value vars(const Player& player) {
  return state(player.group()).set("id_in_group", player.id_in_group());
}

std::optional<Value> bot(BotPlayer& me) {  // tries any square when it is its turn
  if (me.last().is_null()) return Value::object();
  if (me.last()["whose_turn"] != me.id_in_group()) return {};
  return Value{{"square", me.draw() % 9}};
}

void call_live_method(const Group& group, const LiveCall& live) {
  const auto move = [&](int player, int square) {
    return live.method(player, {{"square", square}});
  };
  expect(move(2, 4).message, "It is not your turn.");
  expect(move(1, 4).heard(2)["square"], 4);
  expect(move(2, 4).message, "That square is not free.");
  const bool draw = live.case_name == "draw";
  const std::vector<int> to_the_end =
      draw ? std::vector<int>{0, 2, 6, 3, 5, 1, 7, 8} : std::vector<int>{1, 0, 3, 8};
  for (const int square : to_the_end) move(group.whose_turn, square);
  expect(result_of(group.board), draw ? "draw" : "X");
}

AnyApp app() {
  return App<Group, Player>{
      .name = "tictactoe",
      .doc = "Two players in turn, on a board of nine squares.",
      .players_per_group = 2,
      .pages = {{.name = "Play", .live_method = play, .history = History::none, .js_vars = vars},
                {.name = "Results", .js_vars = vars}},
      .bot = bot,
      .call_live_method = call_live_method,
      .cases = {"X wins", "draw"},
  };
}
}  // namespace tictactoe
