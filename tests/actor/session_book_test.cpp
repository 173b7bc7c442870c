#include "actors/session_book.h"

#include <doctest/doctest.h>

#include "storage/keys.h"
#include "tests/actor/tally_app.h"
#include "tests/actor/unit_world.h"

namespace rialto::test {
namespace {

// The stored session as it was written when a session had one app and no config.
std::string in_old_form(const std::string& stored) {
  const Value now = Value::parse(stored, 64);
  Value old = Value::object();
  for (const auto& [key, value] : now.members()) {
    if (key == "config") {
      old.set("app", value);
    } else if (key != "apps" && key != "values") {
      old.set(key, value);
    }
  }
  old.set("config", Value::object());
  return old.dump();
}

}  // namespace

TEST_CASE("a session of a store that knew one app a session is played on") {
  UnitWorld world(tally_app(), 6);
  const auto stored = world.store.get(keys::session(1));
  REQUIRE(stored);
  const Write old{keys::session(1), in_old_form(*stored)};
  REQUIRE(world.store.write({&old, 1}));
  world.restart();
  for (std::uint32_t player = 1; player <= 6; ++player) world.open_page(player);
  world.settle();
  REQUIRE(world.heard.pages.size() == 6);
  for (const PageAnswer& page : world.heard.pages) CHECK(page.status == PageStatus::page);
  world.tell_directory(DescribeSessions{1, {}, false});
  world.settle();
  const Value session = world.heard.sessions.back().result[0];
  CHECK(session["config"] == "tally");
  CHECK(session["participants"][4]["unit"] == 1);
  CHECK(session["participants"][4]["player"] == 2);
}

}  // namespace rialto::test
