// What bots do on pages that are submitted, and what they find wrong there.
#include <doctest/doctest.h>

#include "actors/app.h"
#include "tests/bots/bot_world.h"

namespace {

using namespace rialto;
using namespace rialto::test;

struct Group : GroupOf<struct Player> {
  Field<int> arrived{this, "arrived", 0};
};
struct Player : PlayerIn<Group> {
  Field<int> offer{this, "offer", {.min = 0, .max = 10}};
  Field<std::string> name{this, "name", {.blank = true}};
};

using Play = PlayRound<Player>;

// Two players, two rounds: an offer, a wait page, results.
App<Group, Player> game(Play play) {
  return App<Group, Player>{.name = "small",
                            .players_per_group = 2,
                            .rounds = 2,
                            .pages = {{.name = "Offer", .form = {&Player::offer, &Player::name}},
                                      wait_page({.name = "Wait"}),
                                      {.name = "Results"}},
                            .play_round = play,
                            .cases = {"usual", "mean"}};
}

std::string failure(Play play, std::map<std::string, std::string> pages = {}) {
  return failure_of(play_bots(game(play), std::move(pages)));
}

TEST_CASE("a game without bots of its own is played with valid values by chance") {
  for (std::uint64_t seed = 1; seed <= 20; ++seed) {
    const auto report = play_bots(game({}), {}, {}, seed);
    CHECK(failure_of(report) == "");
    CHECK(report.submits == 2 * 2 * 2);
  }
}

TEST_CASE("bots play every page of every round, and wait where they must") {
  const auto report = play_bots(game([](Bot& bot) {
    if (bot.on("Offer")) bot.submit({{"offer", bot.round_number()}, {"name", "x"}});
  }));
  CHECK(failure_of(report) == "");
  CHECK(report.participants == 2);
  CHECK(report.pages == 2 * (2 + 1 + 2));  // the first of the two sees the wait page
}

TEST_CASE("a bot sees its player as of the page that is shown") {
  CHECK(failure([](Bot& bot, const Player& me) {
          expect(me.round_number(), bot.round_number());
          expect(me.id_in_group(), bot.id_in_group());
          if (bot.on("Offer")) {
            expect(me.offer.is_null(), true);
            bot.submit({{"offer", 7}, {"name", ""}});
          } else {
            expect(me.offer, 7);
            if (me.round_number() == 2) expect(me.in_round(1).offer, 7);
          }
        }) == "");
}

TEST_CASE("a failure names app, page, round, player and input") {
  const auto report = play_bots(game([](Bot& bot) {
    if (!bot.on("Offer")) return;
    const bool wrong = bot.round_number() == 2 && bot.id_in_group() == 2;
    bot.submit({{"offer", wrong ? 11 : 1}, {"name", ""}});
  }));
  CHECK(failure_of(report) ==
        "small: page Offer, round 2, player 2 (participant 2): the page was refused: offer: "
        "Please enter a number from 0 to 10.\n  input: {\"offer\":11,\"name\":\"\"}");
}

TEST_CASE("what must be refused is refused, and counted") {
  const auto report = play_bots(game([](Bot& bot) {
    if (!bot.on("Offer")) return;
    bot.must_fail({{"offer", 11}, {"name", ""}}, {"offer"});
    bot.must_fail({});
    bot.submit({{"offer", 1}, {"name", ""}});
  }));
  CHECK(failure_of(report) == "");
  CHECK(report.refusals == 2 * 2 * 2);
}

TEST_CASE("what must be refused and is taken ends the run") {
  const std::string text = failure([](Bot& bot) {
    if (bot.on("Offer")) bot.must_fail({{"offer", 3}, {"name", ""}});
  });
  CHECK(text.find("this was to be refused, but was taken") != text.npos);
}

TEST_CASE("a refusal for another reason than the one that is named ends the run") {
  const std::string text = failure([](Bot& bot) {
    if (bot.on("Offer")) bot.must_fail({{"offer", 11}, {"name", ""}}, {"name"});
  });
  CHECK(text.find("\"name\" was to be refused, but it was: offer: ") != text.npos);
}

TEST_CASE("what the page does not ask for cannot be submitted, unless a script does it") {
  const auto play = [](CheckHtml check) {
    return [check](Bot& bot) {
      if (bot.on("Offer")) bot.submit({{"offer", 3}, {"name", ""}}, check);
    };
  };
  const std::map<std::string, std::string> pages{{"Offer", "<p>no input</p>{{ next_button }}"}};
  const std::string text = failure(play(CheckHtml::yes), pages);
  CHECK(text.find("the page has no input \"offer\" (it has: none)") != text.npos);
  CHECK(failure(play(CheckHtml::no), pages) == "");
}

TEST_CASE("a page without a button is told, but for the last one of all") {
  const std::map<std::string, std::string> dead{{"Offer", "{{ formfields }}"}};
  const std::string text = failure({}, dead);
  CHECK(text.find("page Offer, round 1") != text.npos);
  CHECK(text.find("the page has no button") != text.npos);
  auto one_round = game({});
  one_round.rounds = 1;
  CHECK(failure_of(play_bots(one_round, {{"Results", "<p>That was it.</p>"}})) == "");
}

TEST_CASE("an error in a template is found where it is rendered") {
  const std::string text =
      failure({}, {{"Results",
                    "{{ if player.round_number == 2 }}{{ player.name.x }}{{ endif }}"
                    "{{ next_button }}"}});
  CHECK(text.find("page Results, round 2") != text.npos);
  CHECK(text.find("Results.html line 1") != text.npos);
}

TEST_CASE("an expectation that fails tells both values and its line") {
  const std::string text = failure([](Bot&, const Player& me) { expect(me.payoff, 5); });
  CHECK(text.find("pages_test.cpp:") != text.npos);
  CHECK(text.find("expected 0 == 5") != text.npos);
}

TEST_CASE("cases and pages that are not there are told, with those that are") {
  CHECK(failure([](Bot& bot) { bot.on("Offr"); })
            .find("small has no page \"Offr\"; it has Offer, "
                  "Wait, Results") != std::string::npos);
  CHECK(failure([](Bot& bot) { bot.in_case("men"); }).find("no case \"men\"; it has usual, mean") !=
        std::string::npos);
}

TEST_CASE("a bot knows its case") {
  std::vector<std::string> seen;
  for (const char* name : {"usual", "mean"}) {
    play_bots(game([&](Bot& bot) { seen.push_back(bot.in_case("mean") ? "mean" : "other"); }), {},
              name);
    CHECK(seen.back() == (std::string(name) == "mean" ? "mean" : "other"));
  }
}

TEST_CASE("a bot that goes on after it has left the page is told so") {
  const std::string text = failure([](Bot& bot) {
    bot.submit({}, CheckHtml::no);
    bot.submit({}, CheckHtml::no);
  });
  CHECK(text.find("the bot has left page Offer already") != text.npos);
}

TEST_CASE("time runs out for a bot: what it has written right is kept, the rest is zero") {
  const auto timed = [](Play play) {
    return App<Group, Player>{
        .name = "timed",
        .players_per_group = 1,
        .pages = {{.name = "Offer", .form = {&Player::offer, &Player::name}, .timeout = 60s},
                  {.name = "Results"}},
        .play_round = play};
  };
  const auto report = play_bots(timed([](Bot& bot, const Player& me) {
    if (bot.on("Offer")) bot.time_out({{"offer", 99}, {"name", "kept"}});
    if (bot.on("Results")) {
      expect(me.offer, 0);
      expect(me.name, "kept");
    }
  }));
  CHECK(failure_of(report) == "");
  CHECK(report.game_seconds == 60);
}

TEST_CASE("a bot that waits for a timeout on a page without one is told so") {
  const std::string text = failure([](Bot& bot) {
    if (bot.on("Offer")) bot.time_out();
  });
  CHECK(text.find("waits for a timeout, but the page has none") != text.npos);
}

TEST_CASE("who waits for ever is told, with where all are") {
  auto stuck = game({});
  stuck.pages[1] = wait_page({.name = "Wait", .after_all_players_arrive = [](Group& group) {
                                group.arrived = group.player(3).offer.get();
                              }});
  const std::string text = failure_of(play_bots(stuck));
  CHECK(text.find("page Wait, round 1, player 1") != text.npos);
  CHECK(text.find("nobody can go on: ") != text.npos);
}

TEST_CASE("a hook that throws when a page is submitted ends the run") {
  auto bad = game({});
  bad.pages[0].before_next_page = [](Player& player) { player.group().player(9).offer = 1; };
  const std::string text = failure_of(play_bots(bad));
  CHECK(text.find("a hook of this page or the next failed; the log says which") != text.npos);
}

TEST_CASE("results are the last page of who is not sent to the exit page behind them") {
  App<Group, Player> meeting{.name = "small",
                             .players_per_group = 2,
                             .pages = {wait_page({.name = "Meet",
                                                  .group_by_arrival_time = true,
                                                  .max_wait = 60s,
                                                  .exit_page = "Alone"}),
                                       {.name = "Results"},
                                       {.name = "Alone"}}};
  CHECK(failure_of(play_bots(meeting, {{"Results", "<p>Done.</p>"}})) == "");
}

TEST_CASE("where one was dropped and the others cannot go on, it is told on which page of whom") {
  App<Group, Player> needs_all = game({});
  needs_all.pages[1] = wait_page({.name = "Wait", .after_all_players_arrive = [](Group& group) {
                                    for (const Player& player : group.players())
                                      group.arrived += player.offer;
                                  }});
  const auto play = [&](play::DropOut drop_out) {
    return play_bots(needs_all, {}, {}, 1, drop_out);
  };
  const auto stuck = play({1, 1});
  CHECK(stuck.dropped_on == "Offer, round 1");
  CHECK(failure_of(stuck).find("1 on Wait (round 1)") != std::string::npos);
  CHECK(failure_of(play({1, 4})) == "");  // on the last page
  const auto through = play({1, 9});
  CHECK(through.dropped_on == "");
  CHECK(failure_of(through) == "");
}

}  // namespace
