// Hooks over the whole session that throw, after they have changed something, while the file that
// the environment names in THROWING_NOW says their name.
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include "actors/app.h"

namespace throwing_session {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};
struct Subsession : SubsessionOf<Group> {
  Field<int> changed{this, "changed", 0};
};

void fail_in(const std::string& hook) {
  const char* const file = std::getenv("THROWING_NOW");
  std::string failing;
  if (file != nullptr) std::ifstream(file) >> failing;
  if (failing == hook) throw std::runtime_error("the game gave up");
}

void create(Subsession& subsession) {
  subsession.changed += 1;
  fail_in("creating_session");
}

std::vector<const Player*> choose(const Subsession&, const std::vector<const Player*>& waiting) {
  fail_in("group_by_arrival_time_method");
  if (waiting.size() < 2) return {};
  return {waiting[0], waiting[1]};
}

void close(Subsession& subsession) {
  subsession.changed += 1;
  fail_in("after_all_players_arrive");
}

AnyApp app() {
  return App<Group, Player, Subsession>{
      .name = "throwing_session",
      .doc = "Its hooks over the whole session throw on demand.",
      .players_per_group = 2,
      .creating_session = create,
      .pages = {wait_page({.name = "Room",
                           .group_by_arrival_time = true,
                           .group_by_arrival_time_method = choose}),
                wait_page({.name = "Close",
                           .wait_for_all_groups = true,
                           .after_all_players_arrive = close}),
                {.name = "End"}},
  };
}
}  // namespace throwing_session
