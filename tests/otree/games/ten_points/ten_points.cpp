// Two players count to ten together on a live page; nobody may leave it before. project/ten_points
// is the same for oTree.
#include "actors/app.h"

namespace ten_points {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> points{this, "points", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> given{this, "given", 0};
};

Reply give(Player& player, const Value& data) {
  Group& group = player.group();
  if (data.empty()) return to(player, {{"points", group.points}});
  if (data == "alone") return everyone_but(player, "You are asked.");
  if (data == "nothing") return {};
  if (data == "falsy") return broadcast(0);
  const auto more = data["points"].as<int>();
  group.points += more;
  player.given += more;
  player.payoff += more;
  return {{player.id_in_group(), {{"given", player.given}}},
          {3 - player.id_in_group(), {{"points", group.points}}}};
}

std::string not_yet(const Player& player, const Value&) {
  return player.group().points < 10 ? "You have not got ten points yet." : "";
}

AnyApp app() {
  return App<Group, Player>{
      .name = "ten_points",
      .doc = "Two players; they leave the page once they have ten points.",
      .players_per_group = 2,
      .pages = {{.name = "Give",
                 .live_method = give,
                 .history = History::none,
                 .error_message = not_yet},
                {.name = "Results"}},
  };
}
}  // namespace ten_points
