// A chat for the whole session: what is said is told to everyone, and to those who come later.
#include "actors/app.h"

namespace chat {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Log<int, std::string> lines{this, "lines", {"id_in_group", "text"}};
};
struct Player : PlayerIn<Group> {};

Reply say(Player& player, const Value& data) {
  const auto text = data.as<std::string>();
  if (text.empty()) return reject("Please write something.");
  if (text.size() > 1000) return reject("Please write less at a time.");
  player.group().lines.append(player.id_in_group(), text);
  return broadcast({{"id_in_group", player.id_in_group()}, {"text", text}});
}

Value vars(const Player& player) { return {{"id_in_group", player.id_in_group()}}; }

std::optional<Value> bot(BotPlayer& me) {
  return "Hello number " + std::to_string(me.messages_seen() + 1);
}

AnyApp app() {
  return App<Group, Player>{
      .name = "chat",
      .doc = "A group of any size talks; who comes later reads what was said before.",
      .demo_participants = 3,
      .pages = {{.name = "Talk", .live_method = say, .js_vars = vars}, {.name = "Results"}},
      .bot = bot,
  };
}
}  // namespace chat
