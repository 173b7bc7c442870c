// Apps whose hooks see all players of the session: groups made anew, all waiting for all, groups by
// arrival.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>

#include "actors/app.h"
#include "actors/table.h"
#include "actors/unit.h"

namespace {
using namespace rialto;

struct Group : GroupOf<struct Player> {
  Field<int> members{this, "members", 0};
  Field<int> arrivals{this, "arrivals", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> number{this, "number", 0};
};
struct Subsession : SubsessionOf<Group> {
  Field<int> total{this, "total", 0};
  Field<int> rounds_seen{this, "rounds_seen", 0};
};
using All = App<Group, Player, Subsession>;

Reply ping(Player& player, const Value& data) {
  return everyone_but(player, {{"from", player.id_in_group()}, {"data", data}});
}

int ids(const Table& table, int round) {
  int seen = 0;
  for (const auto& group : table.groups(round)) seen += static_cast<int>(group.size());
  return seen;
}

TEST_CASE("groups are made by places in the session, and messages stay in their group") {
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .creating_session = [](Subsession& all) { all.rounds_seen = all.round_number(); },
                  .pages = {{.name = "Talk", .live_method = ping}}},
              4};
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2}, {3, 4}});
  const auto said = table.live(4, "hi");
  CHECK(said.heard(3) == Value{{"from", 2}, {"data", "hi"}});
  CHECK(said.all_heard(1).empty());
  CHECK(said.all_heard(2).empty());
  CHECK(said.all_heard(4).empty());
  table.restart();
  CHECK(table.reload(3).size() == 1);
  CHECK(table.reload(1).empty());
}

TEST_CASE("who is dropped is missed in his own group alone") {
  const Limits limits;
  const All game{.name = "x",
                 .players_per_group = 2,
                 .creating_session = [](Subsession& all) { all.rounds_seen = all.round_number(); },
                 .pages = {{.name = "Talk", .live_method = ping}}};
  Unit unit(game, {UnitId::of(1, 0), {"aa", "bb", "cc", "dd"}, 1, &limits, nullptr});
  unit.create(1);
  REQUIRE(unit.drop(1, 2).record);
  CHECK(unit.view(2, 3).bereft);
  CHECK_FALSE(unit.view(3, 3).bereft);
  CHECK_FALSE(unit.view(4, 3).bereft);
}

TEST_CASE("a hook of all makes the groups: by a matrix, at random, like an earlier round") {
  const auto groups = [](Subsession& all) {
    if (all.round_number() == 1) all.set_group_matrix({{4, 1}, {3, 2}});
    if (all.round_number() == 2) all.group_randomly({.fixed_id_in_group = true});
    if (all.round_number() == 3) all.group_like_round(1);
  };
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .rounds = 3,
                  .creating_session = groups,
                  .pages = {{.name = "A"}}},
              4};
  CHECK(table.groups(1) == std::vector<std::vector<int>>{{4, 1}, {3, 2}});
  CHECK(table.groups(3) == table.groups(1));
  for (const auto& group : table.groups(2)) {
    CHECK((group[0] == 1 || group[0] == 3));  // who was first in his group still is
    CHECK((group[1] == 2 || group[1] == 4));
  }
  table.restart();
  CHECK(table.groups(1) == std::vector<std::vector<int>>{{4, 1}, {3, 2}});
}

TEST_CASE("a matrix that leaves somebody out, or has one twice, makes no session") {
  const auto made_with = [](std::vector<std::vector<int>> matrix) {
    return Table{
        All{.name = "x",
            .players_per_group = 2,
            .creating_session = [matrix](Subsession& all) { all.set_group_matrix(matrix); },
            .pages = {{.name = "A"}}},
        4};
  };
  CHECK_NOTHROW(made_with({{1}, {2, 3, 4}}));
  CHECK_THROWS_WITH(
      made_with({{1, 2}, {3, 3}}),
      "creating_session: the group matrix must have each of the players 1 to 4 exactly once");
  CHECK_THROWS_AS(made_with({{1, 2}, {3}}), AppError);
  CHECK_THROWS_AS(made_with({{1, 2}, {3, 4}, {}}), AppError);
  CHECK_THROWS_AS(made_with({{1, 2}, {3, 5}}), AppError);
}

TEST_CASE("all groups wait for all; the hook sees them all, once, and may make new groups") {
  const auto count = [](Subsession& all) {
    for (const Player& player : all.players()) all.total += player.number;
    if (all.round_number() == 1) all.in_round(1);
  };
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .pages = {{.name = "Ask", .form = {&Player::number}},
                            wait_page({.name = "All", .after_all_players_arrive = count}),
                            {.name = "End"}}},
              4};
  table.submit(1, {{"number", "1"}});
  table.submit(2, {{"number", "2"}});
  CHECK(table.page(1) == "All");
  table.submit(3, {{"number", "3"}});
  table.restart();
  CHECK(table.page(2) == "All");
  table.submit(4, {{"number", "4"}});
  for (int player = 1; player <= 4; ++player) CHECK(table.page(player) == "End");
  table.restart();
  CHECK(table.page(4) == "End");
}

TEST_CASE("a wait page of one group is not held up by another") {
  const auto count = [](Group& group) { group.arrivals += 1; };
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .creating_session = [](Subsession&) {},
                  .pages = {{.name = "Ask"},
                            wait_page({.name = "Wait", .after_all_players_arrive = count}),
                            {.name = "End"}}},
              4};
  table.submit(3);
  table.submit(4);
  CHECK(table.page(3) == "End");
  CHECK(table.page(1) == "Ask");
  table.restart();
  table.submit(1);
  CHECK(table.page(1) == "Wait");
  table.submit(2);
  CHECK(table.page(1) == "End");
}

AnyApp by_arrival(int rounds = 1) {
  return All{
      .name = "x",
      .players_per_group = 2,
      .rounds = rounds,
      .demo_participants = 5,
      .creating_session = [](Group& group) { group.members = 2; },
      .pages = {wait_page({.name = "Room",
                           .group_by_arrival_time = true,
                           .max_wait = 60s,
                           .exit_page = "Nobody",
                           .after_all_players_arrive = [](Group& group) { group.arrivals += 1; }}),
                {.name = "Play", .live_method = ping},
                {.name = "Nobody"}}};
}

TEST_CASE("groups are made of those who come, in the order in which they come") {
  Table table{by_arrival()};  // browsers load the pages in the order of their places
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2}, {3, 4}});
  CHECK(table.page(4) == "Play");
  CHECK(table.page(5) == "Room");
  const auto said = table.live(3, "hi");
  CHECK(said.heard(4)["from"] == 1);
  CHECK(said.all_heard(1).empty());
  table.restart();
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2}, {3, 4}});
}

TEST_CASE("who has waited too long goes to the exit page, which nobody else sees, and then out") {
  Table table{by_arrival(2)};
  CHECK(table.page(5) == "Room");
  table.restart();
  table.advance(70s);
  CHECK(table.page(5) == "Nobody");
  CHECK(table.page(1) == "Play");
  table.submit(5);
  CHECK(table.page(5) == "");
  table.submit(1);
  CHECK(table.round(1) == 2);
  CHECK(table.page(1) == "Play");  // the group stays together: nobody waits for one again
}

TEST_CASE("who has left the waiting room is not grouped until the browser is back") {
  const Limits limits;
  Unit unit(by_arrival(), {UnitId::of(1, 0), {"aa", "bb", "cc"}, 1, &limits, nullptr});
  unit.create(1);
  const PageRef room{1, 0};
  const auto come = [&](std::uint32_t player, std::int64_t now) {
    unit.arrive(player, room, now);
    unit.presence(player, true, now);
    unit.follow_up(now);
    unit.follow_up(now);
  };
  come(1, 2);
  unit.presence(1, false, 3);
  come(2, 4);
  CHECK(unit.page_of(2) == room);
  come(3, 5);
  CHECK(unit.page_of(1) == room);
  CHECK(unit.page_of(2) == PageRef{1, 1});
  CHECK(unit.page_of(3) == PageRef{1, 1});
}

TEST_CASE("a group's hook runs once, whoever else waits on that page") {
  const auto settle = [](Group& group) {
    for (Player& player : group.players()) player.number += 1;
  };
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .creating_session = [](Subsession&) {},
                  .pages = {{.name = "Play"},
                            wait_page({.name = "After", .after_all_players_arrive = settle}),
                            {.name = "Next"},
                            {.name = "End"}}},
              4};
  for (const int player : {3, 1, 2}) table.submit(player);
  CHECK(table.page(1) == "Next");
  CHECK(table.field(1, "number") == 1);
  table.submit(1);
  CHECK(table.field(1, "number") == 1);
  CHECK(table.page(3) == "After");
  table.submit(4);
  CHECK(table.field(3, "number") == 1);
  CHECK(table.field(1, "number") == 1);
}

TEST_CASE("who is in no group ends no group's wait") {
  static bool fails = true;
  const auto settle = [](Group& group) {
    for (Player& player : group.players()) player.number += 1;
    if (fails && group.id_in_subsession() == 2) throw std::runtime_error("it stumbles");
  };
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .pages = {wait_page({.name = "Room",
                                       .group_by_arrival_time = true,
                                       .max_wait = 60s,
                                       .exit_page = "Nobody"}),
                            {.name = "Play"},
                            wait_page({.name = "After", .after_all_players_arrive = settle}),
                            {.name = "End"},
                            {.name = "Nobody"}}},
              5};
  for (const int player : {1, 2, 3, 4}) table.submit(player);
  CHECK(table.page(1) == "End");
  CHECK(table.page(3) == "After");  // its hook has failed
  table.advance(70s);
  fails = false;
  table.submit(5);
  CHECK(table.field(1, "number") == 1);
  CHECK(table.page(3) == "After");
  table.retry();
  CHECK(table.page(3) == "End");
  CHECK(table.field(1, "number") == 1);
  CHECK(table.field(3, "number") == 1);
}

TEST_CASE("who comes to a timed page when the others have left it still runs out of time") {
  const auto leave_all = [](Player& player, const Value&) {
    for (Player& other : player.others()) other.move_on();
    return Reply();
  };
  Table table{All{.name = "x",
                  .players_per_group = 3,
                  .pages = {{.name = "Begin"},
                            {.name = "Play", .live_method = leave_all, .group_timeout = 60s},
                            {.name = "End"}}},
              3};
  table.submit(1);
  table.submit(2);
  table.live(1, "go");
  CHECK(table.page(2) == "End");
  table.submit(2);
  table.submit(3);
  CHECK(table.page(3) == "Play");
  table.submit(1);
  table.advance(61s);
  CHECK(table.page(3) == "End");
}

std::vector<const Player*> pairs_of_like(const Subsession&, const std::vector<const Player*>& all) {
  for (const Player* one : all) {
    for (const Player* other : all) {
      if (one != other && one->id_in_group() == 0 &&
          one->participant().id_in_session() % 2 == other->participant().id_in_session() % 2) {
        return {one, other};
      }
    }
  }
  return {};
}

TEST_CASE("the game may choose who of those that wait are a group") {
  Table table{All{.name = "x",
                  .demo_participants = 5,
                  .pages = {wait_page({.name = "Room",
                                       .group_by_arrival_time = true,
                                       .group_by_arrival_time_method = pairs_of_like}),
                            {.name = "Play"}}}};
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 3}, {2, 4}});
  CHECK(table.page(5) == "Room");
}

// Three if they can be had; two of those who have waited for a minute.
std::vector<const Player*> three_or_patient_two(const Subsession& all,
                                                const std::vector<const Player*>& waiting) {
  if (waiting.size() >= 3) return {waiting[0], waiting[1], waiting[2]};
  if (waiting.size() < 2) return {};
  for (const Player* each : waiting) {
    if (all.now() - each->participant().get("came").as<double>() < 60) return {};
  }
  return waiting;
}

TEST_CASE("who may be a group is asked again as time goes by") {
  Table table{All{.name = "x",
                  .demo_participants = 5,
                  .creating_session =
                      [](Subsession& all) {
                        for (Player& each : all.players())
                          each.participant().set("came", all.now());
                      },
                  .pages = {wait_page({.name = "Room",
                                       .group_by_arrival_time = true,
                                       .group_by_arrival_time_method = three_or_patient_two}),
                            {.name = "Play"}}}};
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2, 3}});
  CHECK(table.advance(45s).page(4) == "Room");
  table.restart();
  CHECK(table.advance(30s).page(4) == "Play");
  CHECK(table.groups() == std::vector<std::vector<int>>{{1, 2, 3}, {4, 5}});
  table.restart();
}

TEST_CASE("nobody is asked about a room in which nobody is") {
  Table table{All{.name = "x",
                  .demo_participants = 1,
                  .pages = {wait_page({.name = "Room",
                                       .group_by_arrival_time = true,
                                       .group_by_arrival_time_method = three_or_patient_two}),
                            {.name = "Play"}}}};
  table.leave(1);
  table.advance(60s);
  const std::size_t records = table.records().size();
  table.advance(600s);
  CHECK(table.records().size() == records);
}

TEST_CASE("each round may make groups of its own") {
  static std::set<std::set<int>> met;
  met.clear();
  Table table{All{
      .name = "x",
      .players_per_group = 2,
      .rounds = 3,
      .demo_participants = 4,
      .pages = {wait_page({.name = "Room",
                           .group_by_arrival_time = true,
                           .group_by_arrival_time_method =
                               +[](const Subsession&, const std::vector<const Player*>& waiting) {
                                 for (const Player* one : waiting) {
                                   for (const Player* other : waiting) {
                                     const int a = one->participant().id_in_session();
                                     const int b = other->participant().id_in_session();
                                     if (a < b && !met.contains({a, b})) {
                                       return std::vector<const Player*>{one, other};
                                     }
                                   }
                                 }
                                 return std::vector<const Player*>{};
                               },
                           .every_round = true,
                           .after_all_players_arrive =
                               [](Group& group) {
                                 std::set<int> pair;
                                 for (const Player& each : group.players())
                                   pair.insert(each.participant().id_in_session());
                                 met.insert(pair);
                               }}),
                {.name = "Play"}}}};
  for (int round = 1; round <= 3; ++round) {
    for (int player = 1; player <= 4; ++player) CHECK(table.page(player) == "Play");
    for (int player = 1; player <= 4; ++player) table.submit(player);
  }
  CHECK(met.size() == 6);
}

TEST_CASE("a hook of a new group that fails holds up that group alone, until it is tried again") {
  static bool fails = true;
  fails = true;
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .demo_participants = 4,
                  .pages = {wait_page({.name = "Room",
                                       .group_by_arrival_time = true,
                                       .after_all_players_arrive =
                                           [](Group& group) {
                                             if (fails && group.id_in_subsession() == 1) {
                                               throw std::runtime_error("no");
                                             }
                                           }}),
                            {.name = "Play"}}}};
  CHECK(table.page(1) == "Room");
  CHECK(table.page(3) == "Play");
  table.restart();
  fails = false;
  table.retry();
  CHECK(table.page(1) == "Play");
}

std::vector<const Player*> three_but_not_two(const Subsession&,
                                             const std::vector<const Player*>& all) {
  if (all.size() == 2) throw std::runtime_error("it stumbles over two");
  if (all.size() < 3) return {};
  return {all[0], all[1], all[2]};
}

TEST_CASE("a method that chooses somebody twice, or who does not wait, makes no group") {
  static bool twice = true;
  for (const bool wrong : {true, false}) {
    twice = wrong;
    const Limits limits;
    const All game{
        .name = "x",
        .players_per_group = 2,
        .pages = {wait_page({.name = "Room",
                             .group_by_arrival_time = true,
                             .group_by_arrival_time_method =
                                 +[](const Subsession& all, const std::vector<const Player*>& who) {
                                   const Player* absent = nullptr;
                                   for (const Player& each : all.players()) {
                                     if (&each != who[0]) absent = &each;
                                   }
                                   return std::vector{who[0], twice ? who[0] : absent};
                                 }}),
                  {.name = "Play"}}};
    Unit unit(game, {UnitId::of(1, 0), {"aa", "bb"}, 1, &limits, nullptr});
    unit.create(1);
    unit.arrive(1, {1, 0}, 2);
    unit.presence(1, true, 2);
    while (unit.follow_up(2).record) {
    }
    CHECK(unit.is_stuck());
    CHECK(unit.page_of(1) == PageRef{1, 0});
  }
}

TEST_CASE("a room whose method fails is shown as stuck, and goes on when it can") {
  const Limits limits;
  const All game{.name = "x",
                 .players_per_group = 3,
                 .pages = {wait_page({.name = "Room",
                                      .group_by_arrival_time = true,
                                      .group_by_arrival_time_method = three_but_not_two}),
                           {.name = "Play"}}};
  Unit unit(game, {UnitId::of(1, 0), {"aa", "bb", "cc"}, 1, &limits, nullptr});
  unit.create(1);
  const PageRef room{1, 0};
  const auto follow = [&](std::int64_t now) {
    while (unit.follow_up(now).record) {
    }
  };
  const auto come = [&](std::uint32_t player, std::int64_t now) {
    unit.arrive(player, room, now);
    unit.presence(player, true, now);
    follow(now);
  };
  come(1, 2);
  CHECK_FALSE(unit.is_stuck());
  come(2, 3);
  CHECK(unit.is_stuck());
  unit.retry(4);
  follow(4);
  CHECK(unit.is_stuck());
  come(3, 5);
  CHECK_FALSE(unit.is_stuck());
  CHECK(unit.page_of(1) == PageRef{1, 1});
}

TEST_CASE("hundreds who come at once: nobody in two groups, nobody in none") {
  Table table{
      App<Group, Player>{
          .name = "x",
          .players_per_group = 4,
          .rounds = 2,
          .pages = {wait_page({.name = "Room", .group_by_arrival_time = true}), {.name = "Play"}}},
      400};
  CHECK(table.groups().size() == 100);
  CHECK(ids(table, 1) == 400);
  CHECK(ids(table, 2) == 400);
  std::vector<int> all;
  for (const auto& group : table.groups()) all.insert(all.end(), group.begin(), group.end());
  std::sort(all.begin(), all.end());
  CHECK(std::adjacent_find(all.begin(), all.end()) == all.end());
}

TEST_CASE("values of a participant and of the session's config are the game's to read") {
  struct Both {
    static std::string treatment(const Player& player) {
      return player.participant().get("treatment").as<std::string>();
    }
  };
  Table table{
      All{.name = "x",
          .players_per_group = 2,
          .creating_session =
              [](Subsession& all) {
                for (Player& player : all.players()) {
                  const bool first = player.participant().id_in_session() == 1;
                  player.participant().set("treatment", first ? "high" : "low");
                }
              },
          .pages = {{.name = "A",
                     .is_displayed =
                         [](const Player& player) { return Both::treatment(player) == "high"; }},
                    {.name = "B",
                     .live_method = [](Player& player, const Value&) -> Reply {
                       return to(player, player.config("treatments"));
                     }}}},
      2};
  CHECK(table.page(1) == "A");
  CHECK(table.page(2) == "B");
  const auto asked = table.live(2, 1);
  CHECK(asked.code() == "app_error");  // the session has no such value
}

TEST_CASE("one group's players are set, and who comes and who goes change places") {
  Table table{All{.name = "x",
                  .players_per_group = 2,
                  .rounds = 3,
                  .creating_session =
                      [](Subsession& all) {
                        Group& first = all.groups()[0];
                        if (all.round_number() == 2) {
                          first.set_players({first.player(2), first.player(1)});
                        }
                        if (all.round_number() == 3) {
                          first.set_players({all.players()[3], first.player(1)});
                        }
                      },
                  .pages = {{.name = "Talk", .live_method = ping}}},
              4};
  CHECK(table.groups(1) == std::vector<std::vector<int>>{{1, 2}, {3, 4}});
  CHECK(table.groups(2) == std::vector<std::vector<int>>{{2, 1}, {3, 4}});
  CHECK(table.groups(3) == std::vector<std::vector<int>>{{4, 1}, {3, 2}});
  table.restart();
  CHECK(table.groups(3) == std::vector<std::vector<int>>{{4, 1}, {3, 2}});
}

TEST_CASE("players that are set must leave everybody in a group, and an app that sees them all") {
  const auto setting = [](std::vector<int> ids) {
    return [ids](Subsession& all) {
      std::vector<std::reference_wrapper<Player>> players;
      for (const int id : ids) players.push_back(all.players()[static_cast<std::size_t>(id - 1)]);
      all.groups()[0].get().set_players(players);
    };
  };
  const auto made = [&](std::vector<int> ids) {
    return Table{All{.name = "x",
                     .players_per_group = 2,
                     .creating_session = setting(std::move(ids)),
                     .pages = {{.name = "Talk", .live_method = ping}}},
                 4};
  };
  CHECK(made({1, 2, 3}).groups() == std::vector<std::vector<int>>{{1, 2, 3}, {4}});
  CHECK_THROWS_WITH_AS(made({1}), doctest::Contains("exactly once"), AppError);
  CHECK_THROWS_WITH_AS(made({1, 2, 3, 4}), doctest::Contains("a group of nobody"), AppError);
  CHECK_THROWS_WITH_AS(made({1, 1}), doctest::Contains("exactly once"), AppError);
  const App<Group, Player> apart{.name = "x",
                                 .players_per_group = 2,
                                 .creating_session =
                                     [](Group& group) {
                                       group.set_players({group.player(2), group.player(1)});
                                     },
                                 .pages = {{.name = "Talk", .live_method = ping}}};
  CHECK_THROWS_WITH_AS(Table{apart}, doctest::Contains("creating_session(Subsession"), AppError);
}

}  // namespace
