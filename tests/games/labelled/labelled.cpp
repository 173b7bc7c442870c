// Writes down its player's label where hooks can see it: when the session is made, and when a page
// is submitted.
#include "actors/app.h"

namespace labelled {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<std::string> all{this, "all", ""};
};
struct Player : PlayerIn<Group> {
  Field<std::string> at_first{this, "at_first", "?"};
  Field<std::string> on_page{this, "on_page", "?"};
};

void begin(Group& group) {
  for (Player& player : group.players()) player.at_first = player.participant().label();
}

// Everyone's label, as it is known in the group at this moment.
void note(Player& player, bool) {
  player.on_page = player.participant().label();
  std::string all;
  for (Player& each : player.group().players()) all += each.participant().label() + ";";
  player.group().all = all;
}

AnyApp app() {
  return App<Group, Player>{
      .name = "labelled",
      .players_per_group = 2,
      .creating_session = begin,
      .pages = {{.name = "Note", .before_next_page = note}, {.name = "End"}},
  };
}
}  // namespace labelled
