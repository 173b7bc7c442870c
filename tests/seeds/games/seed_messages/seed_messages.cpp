// The first examples of the seeds, a page each: to print a message, to thank its sender, to pass it
// on to players 2 and 3, to everyone.
#include "actors/app.h"

namespace seed_messages {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply show(Player& player, const Value& data) {
  print("received a bid from", player.id_in_group(), ":", data);
  return {};
}

// The same as a method of the group, as the older texts have it.
Reply show_in_group(Group&, int id_in_group, const Value& payload) {
  print("received a bid from", id_in_group, ":", payload);
  return {};
}

Reply thank(Player& player, const Value&) { return {{player.id_in_group(), "thanks"}}; }

Reply pass_on(Player&, const Value& data) { return {{2, data}, {3, data}}; }

Reply tell_all(Player&, const Value& data) { return {{everyone, data}}; }

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_messages",
      .players_per_group = 3,
      .pages = {{.name = "Show", .live_method = show},
                {.name = "ShowInGroup", .live_method = show_in_group},
                {.name = "Thank", .live_method = thank},
                {.name = "PassOn", .live_method = pass_on},
                {.name = "TellAll", .live_method = tell_all}},
  };
}
}  // namespace seed_messages
