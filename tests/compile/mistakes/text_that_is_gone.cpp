// hint: gone at once
#include "actors/app.h"

namespace text_that_is_gone {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

std::string treatment(const Player& player) {
#ifdef RIGHT
  return player.config("treatment", "none").as<std::string>();
#else
  std::string_view treatment = player.config("treatment", "none").text();
  return std::string(treatment);
#endif
}
}  // namespace text_that_is_gone
