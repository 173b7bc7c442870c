// Messages of several types, and history that the page asks for when it loads: from rows (an
// ExtraModel in oTree), and from one field that holds a list.
#include "actors/app.h"

namespace seed_dialogue {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Log<int, Value> said{this, "said", {"id_in_group", "text"}};
  Field<Value> history{this, "history", Value::empty_list()};
  Field<int> offer{this, "offer"};
};
struct Player : PlayerIn<Group> {};

Reply deal(Player& player, const Value& data) {
  const auto t = data["type"].as<std::string>();
  const int other_player = data["to"].as<int>();
  if (t == "offer") {
    return {{other_player,
             {{"type", "offer"}, {"from", player.id_in_group()}, {"value", data["value"]}}}};
  }
  if (t == "response") {
    return {
        {other_player,
         {{"type", "response"}, {"from", player.id_in_group()}, {"accepted", data["accepted"]}}}};
  }
  return {};
}

// 004's message holds no "offer": what it calls so is left out here.
Reply deal_in_group(Group& group, int id_in_group, const Value& payload) {
  return deal(group.player(id_in_group), payload);
}

Reply say(Player& player, const Value& data) {
  Group& group = player.group();
  if (data.is_object() && data.empty()) return {{player.id_in_group(), {{"history", group.said}}}};
  group.said.append(player.id_in_group(), data);
  return {{everyone, data}};
}

Reply say_in_field(Group& group, int id_in_group, const Value& data) {
  if (data.get("type", "") == "connect") return {{id_in_group, {{"history", group.history}}}};
  group.history.edit([&](Value& history) { history.append(data); });
  return {{everyone, data}};
}

Reply bargain(Player& player, const Value& data) {
  Group& group = player.group();
  if (data.contains("offer")) {
    group.offer = data["offer"].as<int>();
    return {{2, {{"offer", group.offer}}}};
  }
  return {{everyone, {{"accepted", data["accepted"]}, {"by", player.id_in_group()}}}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "seed_dialogue",
      .players_per_group = 3,
      .pages = {{.name = "Deal", .live_method = deal},
                {.name = "DealInGroup", .live_method = deal_in_group},
                {.name = "Rows", .live_method = say, .history = History::none},
                {.name = "Connect", .live_method = say_in_field, .history = History::none},
                {.name = "Bargain", .live_method = bargain}},
  };
}
}  // namespace seed_dialogue
