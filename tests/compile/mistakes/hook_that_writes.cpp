// hint: this hook only reads
#include "actors/app.h"

namespace hook_that_writes {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<Money> highest_bid{this, "highest_bid", 0};
};
struct Player : PlayerIn<Group> {};

std::string guard(const Player& player, const Value&) {
#ifdef RIGHT
  return player.group().highest_bid == 0 ? "Please bid." : "";
#else
  player.group().highest_bid = 1;
  return "";
#endif
}
}  // namespace hook_that_writes
