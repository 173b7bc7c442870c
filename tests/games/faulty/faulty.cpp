// Does to the server what a bad game can do, on demand: {"type": "crash"} and so on. "count" is the
// healthy message that shows that the group goes on.
#include <thread>

#include "actors/app.h"

namespace faulty {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> total{this, "total", 0};
};
struct Player : PlayerIn<Group> {};

Reply count(Player& player, const Value&) {
  player.group().total += 1;
  return broadcast({{"total", player.group().total}});
}

Reply null_pointer(Player& player, const Value&) {
  player.group().total += 1000;
  volatile int* nowhere = nullptr;
  return broadcast(*nowhere);
}

Reply out_of_bounds(Player& player, const Value& data) {
  player.group().total += 1000;
  const std::vector<int> three = {1, 2, 3};
  return broadcast(three[data["at"].as<std::size_t>()]);
}

Reply endless_loop(Player& player, const Value&) {
  player.group().total += 1000;
  volatile bool going = true;
  while (going) {
  }
  return {};
}

Reply throws(Player& player, const Value&) {
  player.group().total += 1000;
  throw std::runtime_error("the game gave up");
}

Reply refuses(Player& player, const Value&) {
  player.group().total += 1000;
  throw BadMessage("not like this");
}

Reply big(Player&, const Value& data) {
  return broadcast(std::string(data["bytes"].as<std::size_t>(), 'x'));
}

Reply prints(Player& player, const Value& data) {
  print("somebody says", data["text"]);
  if (data.contains("more")) print(std::string(data["more"].as<std::size_t>(), 'x'));
  return count(player, data);
}

Reply slow(Player& player, const Value& data) {
  std::this_thread::sleep_for(std::chrono::milliseconds(data["milliseconds"].as<int>()));
  return count(player, data);
}

Value js_vars(const Player& player) {
  if (player.config("prints", false).as<bool>()) print("somebody looks");
  return Value::object();
}

AnyApp app() {
  return App<Group, Player>{
      .name = "faulty",
      .doc = "Breaks on demand.",
      .players_per_group = 2,
      .sends_per_second = 1000,
      .pages = {{.name = "Break",
                 .live = {{"count", count},
                          {"null_pointer", null_pointer},
                          {"out_of_bounds", out_of_bounds},
                          {"endless_loop", endless_loop},
                          {"throws", throws},
                          {"refuses", refuses},
                          {"big", big},
                          {"prints", prints},
                          {"slow", slow}},
                 .js_vars = js_vars}},
  };
}
}  // namespace faulty
