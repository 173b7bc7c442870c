// hint: gone at once
#include "actors/app.h"

namespace value_that_is_gone {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

bool is_capped(const Player& player) {
#ifdef RIGHT
  const Value rules = player.config("rules", Value::object());
  const Value* cap = rules.find("cap");
#else
  const Value* cap = player.config("rules", Value::object()).find("cap");
#endif
  return cap != nullptr && cap->as<int>() > 0;
}
}  // namespace value_that_is_gone
