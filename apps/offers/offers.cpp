// Offers and responses from one player to another: each type of message has a function of its own.
#include "actors/app.h"

namespace offers {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Log<int, int, Value> offers{this, "offers", {"from", "to", "value"}};
  Log<int, int, bool> responses{this, "responses", {"from", "to", "accepted"}};
};
struct Player : PlayerIn<Group> {};

int other(Player& player, const Value& data) {
  const int to = player.group().player(data["to"]).id_in_group();  // BadMessage if unknown
  if (to == player.id_in_group()) throw BadMessage("You cannot deal with yourself.");
  return to;
}

// Both hear of it, so that the sender's page shows it too, also when it is loaded again.
Reply tell_both(int from, int to, Value message) {
  message.set("from", from).set("to", to);
  return {{from, message}, {to, message}};
}

Reply offer(Player& player, const Value& data) {
  const int me = player.id_in_group(), to = other(player, data);
  player.group().offers.append(me, to, data["value"]);
  return tell_both(me, to, {{"type", "offer"}, {"value", data["value"]}});
}

Reply respond(Player& player, const Value& data) {
  const int me = player.id_in_group(), to = other(player, data);
  player.group().responses.append(me, to, data["accepted"].as<bool>());
  return tell_both(me, to, {{"type", "response"}, {"accepted", data["accepted"]}});
}

Value vars(const Player& player) {
  return {{"id_in_group", player.id_in_group()}, {"players", player.group().players().size()}};
}

std::optional<Value> bot(BotPlayer& me) {  // answers each offer, makes one otherwise
  if (me.last().get("type", "") == "offer" && me.last()["to"] == me.id_in_group()) {
    return Value{{"type", "response"}, {"accepted", me.draw() % 2 == 0}, {"to", me.last()["from"]}};
  }
  const int next = me.id_in_group() % me.players_in_group() + 1;
  return Value{{"type", "offer"}, {"value", me.draw() % 100}, {"to", next}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "offers",
      .doc = "Three players make each other offers and answer those that they get.",
      .players_per_group = 3,
      .pages = {{.name = "Trade",
                 .live = {{"offer", offer}, {"response", respond}},
                 .js_vars = vars},
                {.name = "Results"}},
      .bot = bot,
  };
}
}  // namespace offers
