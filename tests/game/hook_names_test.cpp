// What the log says of a game's function that throws: which function it was.
#include <doctest/doctest.h>

#include "actors/app.h"

using namespace rialto;

namespace {

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<int> offer{this, "offer"};
};

[[noreturn]] void fail() { throw std::runtime_error("the game gave up"); }

Reply live(Player&, const Value& data) {
  if (data == "no") throw BadMessage("not like this");
  if (data == "odd") throw 42;
  if (data == "bytes") throw std::runtime_error("\xff\n");
  fail();
}
Value vars(const Player&) { fail(); }
void leave(Player& player) { player.offer = player.offer + 1; }
std::string odd(const Player&, const int&) { fail(); }

std::string thrown(const std::function<void()>& act) {
  try {
    act();
  } catch (const BadMessage& bad) {
    return std::string("BadMessage ") + bad.what();
  } catch (const AppError& error) {
    return error.what();
  }
  return "nothing was thrown";
}

}  // namespace

TEST_CASE("a hook that throws is named, a refusal stays as it is") {
  const AnyApp game = App<Group, Player>{
      .name = "game",
      .pages = {{.name = "Page",
                 .live_method = live,
                 .js_vars = vars,
                 .form = {{&Player::offer, {.error_message = odd}}},
                 .before_next_page = leave}},
  };
  const auto made = game->make_player();
  PlayerBase& player = *made;
  const PageModel& page = game->pages[0];
  CHECK(thrown([&] { page.live(player, 1); }) == "live_method: the game gave up");
  CHECK(thrown([&] { page.live(player, "odd"); }) == "live_method: an exception of unknown type");
  CHECK(thrown([&] { page.live(player, "bytes"); }) == R"(live_method: \xff\n)");
  CHECK(thrown([&] { page.live(player, "no"); }) == "BadMessage not like this");
  CHECK(thrown([&] { page.js_vars(player); }) == "js_vars: the game gave up");
  CHECK(thrown([&] { page.form[0].error_message(player, 1); }) ==
        "error_message of offer: the game gave up");
  CHECK(thrown([&] {
          page.before_next_page(player, false);
        }).starts_with("before_next_page: offer is null"));
}
