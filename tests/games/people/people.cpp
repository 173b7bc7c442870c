// What a game can do with what is personal: ask for it in a form, take it in live messages, read it
// to say it to others; beside ordinary messages, which have nothing to do with it. For tests of
// what is kept apart and erased.
#include "actors/app.h"

namespace people {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> count{this, "count", 0};
  Field<std::string> motto{this, "motto", {.personal = true}};
  Log<int> counts{this, "counts", {"count"}};
};
struct Player : PlayerIn<Group> {
  Field<std::string> name{this, "name", {.label = "Your name", .personal = true}};
  Field<int> age{this, "age", {.min = 18, .max = 99, .label = "Your age"}};
  Field<std::string> nick{this, "nick", {.personal = true}};
};

Reply talk(Player& player, const Value& data) {
  Group& group = player.group();
  if (data == "greet") return broadcast({{"name", player.name.get()}});
  if (data == "label") return broadcast({{"label", player.participant().label()}});
  if (data.is_object() && data.contains("nick")) {
    player.nick = data["nick"].as<std::string>();
    return broadcast({{"nick", player.nick.get()}});
  }
  if (data.is_object() && data.contains("motto")) {
    group.motto = data["motto"].as<std::string>();
    return {};
  }
  if (data.is_object() && data.contains("fail")) throw std::runtime_error("it gave up");
  if (data.is_object()) throw BadMessage("what is that?");
  group.count += 1;
  group.counts.append(group.count);
  return broadcast({{"count", group.count}});
}

AnyApp app() {
  return App<Group, Player>{
      .name = "people",
      .doc = "A form, a live page and a chat in which people say who they are.",
      .players_per_group = 2,
      .pages = {{.name = "About", .form = {&Player::name, &Player::age}},
                {.name = "Talk", .live_method = talk},
                {.name = "End"}},
  };
}
}  // namespace people
