// A page is handed in by its own time, and the game's hook throws.
#include <doctest/doctest.h>

#include <stdexcept>

#include "actors/app.h"
#include "tests/actor/unit_world.h"

namespace hasty {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

void stumble(Player&, bool timeout_happened) {
  if (timeout_happened) throw std::runtime_error("the game's own fault");
}
void refuse(Player&, bool timeout_happened) {
  if (timeout_happened) throw BadMessage("the game's own refusal");
}

AnyApp app(void (*before_next_page)(Player&, bool)) {
  return App<Group, Player>{
      .name = "hasty",
      .players_per_group = 1,
      .pages = {{.name = "Hurry",
                 .before_next_page = before_next_page,
                 .timeout = std::chrono::seconds(1)},
                {.name = "Results"}},
  };
}

}  // namespace hasty

namespace rialto::test {

TEST_CASE(
    "a hook that throws as the time is up leaves no gap in the records, and the page goes on") {
  for (const auto hook : {hasty::stumble, hasty::refuse}) {
    UnitWorld world{hasty::app(hook)};
    world.open_page(1);
    world.settle();
    world.advance(std::chrono::seconds(10));
    world.settle();
    const std::vector<Record> records = world.records();
    for (std::size_t index = 0; index < records.size(); ++index) {
      CHECK(records[index].sequence == index + 1);
    }
    REQUIRE(records.size() == 4);
    CHECK(records[2].kind == RecordKind::refused);
    CHECK(records[3].code == "timeout");
    CHECK(records[3].failed);

    world.restart();
    world.heard.pages.clear();
    world.submit(1, {1, 0});
    world.settle();
    CHECK(world.records().back().kind == RecordKind::submitted);
  }
}

}  // namespace rialto::test
