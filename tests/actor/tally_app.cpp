#include "tests/actor/tally_app.h"

#include "actors/app.h"

namespace tally {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
  Field<Value> kept{this, "kept", Value()};
  Log<int, int> additions{this, "additions", {"player", "amount"}};
};
struct Player : PlayerIn<Group> {
  Field<int> added{this, "added", 0};
};

Reply add(Player& player, int amount) {
  Group& group = player.group();
  group.total += amount;
  player.added += amount;
  group.additions.append(player.id_in_group(), amount);
  return broadcast(group.total);
}

Reply play(Player& player, const Value& data) {
  Group& group = player.group();
  if (data.is_number()) return add(player, data.as<int>());
  if (data.contains("whisper")) return to(data["whisper"].as<int>(), data["text"]);
  if (data.contains("board")) return latest("board", broadcast(data["board"]));
  if (data.contains("load")) return transient(to(player, group.total));
  if (data.contains("rows")) return to(player, static_cast<int>(group.additions.size()));
  if (data.contains("guess")) {
    try {
      return broadcast(static_cast<int>(group.additions.size()));
    } catch (...) {
      return broadcast("none");
    }
  }
  if (data.contains("keep")) {
    group.kept = data["keep"];
    return {};
  }
  if (data.contains("wrap")) {
    Value deep = group.kept;
    for (int more = data["wrap"].as<int>(); more > 0; --more) deep = list(std::move(deep));
    group.kept = deep;
    return {};
  }
  if (data.contains("kept")) return transient(to(player, group.kept));
  if (data.contains("move")) {
    group.move_on();
    return broadcast("moved");
  }
  add(player, 1000);
  if (data.contains("throw")) throw std::runtime_error("the game's own fault");
  if (data.contains("bad")) throw BadMessage("that is not allowed");
  if (data.contains("unknown")) return to(99, "nobody");
  return {};
}

Reply restart(Player& player, const Value&) {
  player.group().restart_timeout();
  return {};
}

std::string guard(const Player& player, const Value&) {
  return player.added >= 1000 ? "not yet" : "";
}

AnyApp app() {
  return App<Group, Player>{
      .name = "tally",
      .players_per_group = 3,
      .pages = {{.name = "Tally", .live_method = play, .error_message = guard},
                {.name = "Timed",
                 .live_method = restart,
                 .group_timeout = std::chrono::seconds(60)},
                {.name = "Results"}},
  };
}

}  // namespace tally

namespace rialto::test {

AnyApp tally_app() { return tally::app(); }

}  // namespace rialto::test
