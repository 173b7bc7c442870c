// What the guide says to those who bring oTree's apps along: treatments from a file, tasks in
// random order, one time for several pages, pages that share their HTML, values of the session.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "actors/table.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {};
struct Player : PlayerIn<Group> {
  Field<std::string> color{this, "color"};
  Field<Money> endowment{this, "endowment"};
  Field<bool> high_tax{this, "high_tax"};
};

void treatments(Group& group) {
  const Value rows = read_csv("treatments.csv");
  for (Player& player : group.players()) {
    const Value& row = rows[static_cast<std::size_t>(player.id_in_group() - 1) % rows.size()];
    player.color = row["color"].as<std::string>();
    player.endowment = row["endowment"].as<Money>();
    player.high_tax = row["high_tax"] == 1;
    player.participant().set("tasks", player.random().sample(std::vector{"A", "B", "C"}, 2));
  }
}

double seconds_left(const Player& player) {
  return player.participant().get("expiry").as<double>() - player.now();
}
Duration left_of_all(const Player& player) { return seconds_left(player) * 1s; }
bool in_time(const Player& player) { return seconds_left(player) > 0; }
void start_clock(Player& player) { player.participant().set("expiry", player.now() + 60); }

void count_job(Player& player) {
  player.session().add("jobs_taken", 1);
  player.session().set("last_taker", player.id_in_group());
}
bool are_jobs_left(const Player& player) {
  return player.session().get("jobs_taken", 0).as<int>() < 20;
}

AnyApp ported() {
  return App<Group, Player>{
      .name = "x",
      .players_per_group = 3,
      .creating_session = treatments,
      .pages = {{.name = "Intro", .before_next_page = start_clock},
                {.name = "Task1",
                 .template_name = "Task.html",
                 .is_displayed = in_time,
                 .timeout_now = left_of_all},
                {.name = "Task2",
                 .template_name = "Task.html",
                 .is_displayed = in_time,
                 .timeout_now = left_of_all},
                {.name = "End"}},
  };
}

}  // namespace

TEST_CASE("treatments of a file go round the players") {
  Table table{ported()};
  CHECK(table.field(1, "color") == "red");
  CHECK(table.field(2, "endowment") == 12.5);
  CHECK(table.field(2, "high_tax") == true);
  CHECK(table.field(3, "color") == "red");
  table.restart();
}

TEST_CASE("a time over several pages ends once, wherever the player is") {
  Table table{ported()};
  for (const int player : {1, 2}) table.submit(player);
  table.advance(40s);
  table.submit(1);
  CHECK(table.page(1) == "Task2");
  CHECK(table.page(2) == "Task1");
  table.advance(30s);
  CHECK(table.page(1) == "End");
  CHECK(table.page(2) == "End");
  CHECK(table.page(3) == "Intro");
  table.restart();
}

bool too_early(const Player& player) {
  return player.now() < player.participant().get("day").as<double>();
}
void in_a_week(Player& player) { player.participant().set("day", player.now() + 7 * 86'400); }

TEST_CASE("who comes back when a page is not to be seen any more goes on") {
  Table table{App<Group, Player>{.name = "x",
                                 .players_per_group = 1,
                                 .pages = {{.name = "Part1", .before_next_page = in_a_week},
                                           {.name = "ComeBack", .is_displayed = too_early},
                                           {.name = "Part2"}}}};
  table.submit(1);
  table.advance(std::chrono::hours(24));
  table.reload(1);
  CHECK(table.page(1) == "ComeBack");
  table.advance(std::chrono::hours(144));
  CHECK(table.page(1) == "ComeBack");
  table.reload(1);
  CHECK(table.page(1) == "Part2");
  table.restart();
}

struct RoundGroup : GroupOf<struct RoundPlayer> {
  Field<int> price{this, "price", 0};
};
struct RoundPlayer : PlayerIn<RoundGroup> {
  Field<int> score{this, "score", 0};
};

void score_of_round(RoundPlayer& player) {
  player.score = player.round_number();
  player.group().price = 10 * player.round_number();
}

Value sums(const RoundPlayer& player) {
  int after_practice = 0;
  for (const RoundPlayer& then : player.in_rounds(3, player.round_number())) {
    after_practice += then.score;
  }
  int prices = 0;
  for (const RoundGroup& then : player.group().in_previous_rounds()) prices += then.price;
  int all_prices = 0;
  for (const RoundGroup& then : player.group().in_all_rounds()) all_prices += then.price;
  return {{"score", after_practice}, {"prices", prices}, {"all_prices", all_prices}};
}

TEST_CASE("rounds from one to another are there for players and groups") {
  Table table{
      App<RoundGroup, RoundPlayer>{.name = "x",
                                   .players_per_group = 1,
                                   .rounds = 4,
                                   .pages = {{.name = "Play", .before_next_page = score_of_round},
                                             {.name = "Sums", .js_vars = sums}}}};
  for (int step = 1; step <= 7; ++step) table.submit(1);
  CHECK(table.page(1) == "Sums");
  CHECK(table.js_vars(1) == Value{{"score", 7}, {"prices", 60}, {"all_prices", 100}});
}

TEST_CASE("a page's HTML is named by its file alone") {
  const auto app = [](const char* file) {
    return AnyApp(
        App<Group, Player>{.name = "x", .pages = {{.name = "Task1", .template_name = file}}});
  };
  CHECK(app("Task.html")->pages[0].template_name == "Task.html");
  CHECK_THROWS_WITH(app("x/Task.html"),
                    "page Task1: .template_name is a file in the game's folder, like "
                    "\"Task1.html\", not \"x/Task.html\"");
  CHECK_THROWS_AS(app("Task"), std::invalid_argument);
}

TEST_CASE("what is written into the session is there for the next, and after a restart") {
  Table table{App<Group, Player>{.name = "x",
                                 .players_per_group = 21,
                                 .pages = {{.name = "Take", .before_next_page = count_job},
                                           {.name = "Others", .is_displayed = are_jobs_left},
                                           {.name = "End"}}}};
  for (int player = 1; player <= 19; ++player) {
    table.submit(player);
    CHECK(table.page(player) == "Others");
  }
  table.restart();
  for (const int player : {20, 21}) {
    table.submit(player);
    CHECK(table.page(player) == "End");
  }
  table.restart();
}
