#include "apps/command/new_game.h"

namespace rialto::command {
namespace {

constexpr const char* rules =
    R"(// Two players each say a number once; both see what was said, and the higher one earns it.
#include "actors/app.h"

namespace NAME {
using namespace rialto;

struct Group : GroupOf<struct Player> {};

struct Player : PlayerIn<Group> {
  Field<int> number{this, "number"};
};

Reply say(Player& player, const Value& data) {
  const int number = data["number"].as<int>();
  if (number < 1 || number > 10) throw BadMessage("a number from 1 to 10, please");
  if (!player.number.is_null()) throw BadMessage("you have said your number");
  player.number = number;
  return broadcast({{"player", player.id_in_group()}, {"number", number}});
}

bool both_have_spoken(const Player& player) {
  for (const Player& each : player.group().players()) {
    if (each.number.is_null()) return false;
  }
  return true;
}

std::string error_message(const Player& player, const Value&) {
  return both_have_spoken(player) ? "" : "The other player has not spoken yet.";
}

void pay(Player& player, bool) {
  for (const Player& each : player.group().players()) {
    if (each.number > player.number) return;
  }
  player.payoff = Money(player.number);
}

// What a bot does on the live page: `rialto bots NAME`.
std::optional<Value> bot(BotPlayer& me) {
  if (!me.memory().is_null()) return {};
  me.memory() = "has spoken";
  return Value{{"number", 1 + me.draw() % 10}};
}

AnyApp app() {
  return App<Group, Player>{
      .name = "NAME",
      .doc = "Two players each say a number; the higher one earns it.",
      .players_per_group = 2,
      .pages = {{.name = "Say", .live_method = say, .error_message = error_message, .before_next_page = pay},
                {.name = "Results"}},
      .bot = bot};
}

}  // namespace NAME
)";

constexpr const char* say_page = R"({{ block title }}Say a number{{ endblock }}
{{ block content }}
<p>You are player {{ player.id_in_group }}. Say a number from 1 to 10.</p>
<p><input id="number" type="number" min="1" max="10"> <button type="button" id="say">Say it</button></p>
<ul id="said"></ul>
<p id="error" role="alert"></p>
{{ next_button }}

<script>
  document.getElementById('say').onclick = () => {
    liveSend({number: document.getElementById('number').valueAsNumber});
  };
  function liveRecv(data) {
    const line = document.createElement('li');
    line.textContent = `Player ${data.player} says ${data.number}.`;
    document.getElementById('said').append(line);
  }
  function liveError(error) {
    document.getElementById('error').textContent = error.message;
  }
</script>
{{ endblock }}
)";

constexpr const char* results_page = R"({{ block title }}Results{{ endblock }}
{{ block content }}
<p>You said {{ player.number }} and earn {{ player.payoff }}.</p>
{{ endblock }}
)";

constexpr const char* test = R"(// Played in memory: rialto build --test NAME
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace NAME {
rialto::AnyApp app();
}

TEST_CASE("the higher number earns itself") {
  rialto::Table table(NAME::app());
  CHECK(table.live(1, {{"number", 3}}).code().empty());
  CHECK_FALSE(table.submit(1).code().empty());
  table.live(2, {{"number", 7}});
  table.submit(1);
  table.submit(2);
  CHECK(table.field(1, "payoff") == rialto::Value(rialto::Money(0)));
  CHECK(table.field(2, "payoff") == rialto::Value(rialto::Money(7)));
}

TEST_CASE("a number is said once, and from 1 to 10") {
  rialto::Table table(NAME::app());
  CHECK_FALSE(table.live(1, {{"number", 11}}).code().empty());
  CHECK(table.live(1, {{"number", 10}}).code().empty());
  CHECK_FALSE(table.live(1, {{"number", 9}}).code().empty());
}
)";

std::string named(std::string text, const std::string& name) {
  for (std::size_t at = 0; (at = text.find("NAME", at)) != text.npos; at += name.size()) {
    text.replace(at, 4, name);
  }
  return text;
}

}  // namespace

std::vector<NewFile> new_game(const std::string& name) {
  return {{name + ".cpp", named(rules, name)},
          {"Say.html", say_page},
          {"Results.html", results_page},
          {name + "_test.cpp", named(test, name)}};
}

}  // namespace rialto::command
