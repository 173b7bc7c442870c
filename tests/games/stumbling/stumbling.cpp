// A page whose time runs out, then a wait page whose hook fails until the file that the environment
// names in STUMBLING_MENDED is there.
#include <cstdlib>
#include <filesystem>

#include "actors/app.h"

namespace stumbling {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> settled{this, "settled", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> answer{this, "answer", {.initial = 0, .blank = true}};
  Field<bool> too_late{this, "too_late", false};
};

void note(Player& player, bool timed_out) { player.too_late = timed_out; }

void settle(Group& group) {
  group.settled += 1;
  const char* const file = std::getenv("STUMBLING_MENDED");
  if (file != nullptr && !std::filesystem::exists(file)) throw std::runtime_error("it stumbles");
}

AnyApp app() {
  return App<Group, Player>{
      .name = "stumbling",
      .doc = "Runs out of time, and stumbles.",
      .players_per_group = 2,
      .pages =
          {{.name = "Think", .form = {&Player::answer}, .before_next_page = note, .timeout = 2s},
           wait_page({.name = "Wait", .after_all_players_arrive = settle}),
           {.name = "End"}},
  };
}

}  // namespace stumbling
