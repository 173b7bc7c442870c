// hint: edit\(
#include "actors/app.h"

namespace square_assigned {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<std::string> board{this, "board", "         "};
};
struct Player : PlayerIn<Group> {};

void mark(Group& group) {
#ifdef RIGHT
  group.board.edit([](auto& board) { board[3] = 'X'; });
#else
  group.board[3] = 'X';
#endif
}
}  // namespace square_assigned
