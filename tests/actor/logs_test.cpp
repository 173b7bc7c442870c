// What the server's log says of a message that a game failed on (rules.md 20).
#include <doctest/doctest.h>
#include <spdlog/sinks/ostream_sink.h>
#include <spdlog/spdlog.h>

#include <memory>
#include <sstream>

#include "actors/app.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace people {
rialto::AnyApp app();
}

namespace named {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {};

Reply fail(Player& player, const Value&) {
  throw std::runtime_error("who is \"" + player.participant().label() + "\"?");
}

AnyApp app() {
  return App<Group, Player>{
      .name = "named", .players_per_group = 1, .pages = {{.name = "Say", .live_method = fail}}};
}

}  // namespace named

namespace rialto::test {
namespace {

// What is logged while the message is dealt with.
std::string logged(const AnyApp& app, PageRef page, const Value& message, std::size_t bytes) {
  UnitWorld world(app);
  world.limits.log_message = bytes;
  world.restart();
  world.join(1, page);
  world.settle();
  for (std::uint16_t position = 0; position < page.position; ++position) {
    world.tell_directory(SubmitPage{8,
                                    world.participants()[0],
                                    app->name,
                                    {1, position},
                                    {},
                                    {{"name", "Ann"}, {"age", "20"}}});
    world.settle();
  }
  std::ostringstream log;
  const auto before = spdlog::default_logger();
  spdlog::set_default_logger(std::make_shared<spdlog::logger>(
      "test", std::make_shared<spdlog::sinks::ostream_sink_mt>(log)));
  world.send(1, message, page);
  world.settle();
  spdlog::set_default_logger(before);
  return log.str();
}

bool holds(const std::string& text, const char* word) { return text.find(word) != text.npos; }

}  // namespace

TEST_CASE("the log holds a message that a game failed on only if the server was asked to") {
  const Value message{{"throw", "Marlowe"}};
  const std::string silent = logged(tally_app(), {1, 0}, message, 0);
  CHECK(holds(silent, "the game's own fault"));
  CHECK_FALSE(holds(silent, "Marlowe"));
  CHECK(holds(logged(tally_app(), {1, 0}, message, 100), "Marlowe"));
}

TEST_CASE("the log never holds a message that may be personal") {
  const std::string fields = logged(people::app(), {1, 1}, {{"fail", "Marlowe"}}, 100);
  CHECK(holds(fields, "it gave up"));
  CHECK(holds(fields, ": personal"));
  CHECK_FALSE(holds(fields, "Marlowe"));
  const std::string label = logged(named::app(), {1, 0}, "Marlowe", 100);
  CHECK(holds(label, "who is"));
  CHECK_FALSE(holds(label, "Marlowe"));
}

}  // namespace rialto::test
