// The seeds' tic-tac-toe: a marked square and a loaded page are two situations of one live method;
// all get the state of the game, together with the move if there was one.
#include "actors/app.h"

namespace seed_tictactoe {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<std::string> board{this, "board", "         "};
  Field<int> whose_turn{this, "whose_turn", 1};
};
struct Player : PlayerIn<Group> {};

bool is_legal(const Group& group, std::int64_t square, int id_in_group) {
  return group.whose_turn == id_in_group && square >= 0 && square < 9 && group.board[square] == ' ';
}

void save_move(Group& group, std::int64_t square, int id_in_group) {
  group.board.edit(
      [&](auto& board) { board[static_cast<std::size_t>(square)] = id_in_group == 1 ? 'X' : 'O'; });
  group.whose_turn = 3 - id_in_group;
}

Value get_state(const Group& group) {
  return {{"board", group.board}, {"whose_turn", group.whose_turn}};
}

Reply play(Player& player, const Value& data) {
  Group& group = player.group();
  Value news = Value::object();
  if (data.contains("square")) {  // situation 1
    const auto square = data["square"].as<std::int64_t>();
    if (!is_legal(group, square, player.id_in_group())) return {};
    save_move(group, square, player.id_in_group());
    news = {{"square", square}, {"id_in_group", player.id_in_group()}};
  }  // otherwise situation 2: no news
  Value payload = get_state(group);
  payload.update(news);
  return {{everyone, payload}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_tictactoe",
      .players_per_group = 2,
      .pages = {{.name = "Play", .live_method = play, .history = History::none}},
  };
}
}  // namespace seed_tictactoe
