// What bots are asked to play and what it came to: plain values of BotRun, filled in by `rialto
// bots` and the tests. Guarantee: a failure names app, page, round, player and input.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "actors/app_model.h"
#include "actors/session_config.h"
#include "actors/value.h"

namespace rialto::play {

// A participant who is taken out of the session in the middle of it, as `rialto participant drop`
// does.
struct DropOut {
  std::size_t participant = 0;  // from 0
  std::uint64_t page = 1;       // when he sees so many pages, from 1
};

struct BotsOptions {
  std::vector<AnyApp> apps;  // that can be played
  std::vector<SessionConfig> configs;
  std::string config;               // the one to be played; an app's name: the app by itself
  std::uint32_t participants = 0;   // 0: as many as its demo has
  std::string case_name;            // of the bots; "": none
  std::uint64_t seed = 1;           // of the session's and the bots' draws
  std::size_t most_messages = 100;  // of a strategy on one live page; then it is silent
  // Then the others need not find what play_round expects; what it plans they do all the same.
  std::optional<DropOut> drop_out;
};

struct BotsFailure {
  std::string app;
  std::string page;
  int round = 0;
  int participant = 0;  // from 1; 0: nobody in particular
  int id_in_group = 0;
  std::string input;  // JSON text; "": none
  std::string what;

  std::string text() const;
};

// Of a page on which everybody stays, but that is not the last.
inline constexpr std::string_view nobody_leaves =
    "the page has no button, no time limit and nobody who moves it on; if a script submits it, say "
    "in play_round: bot.submit({…}, CheckHtml::no)";

struct BotsReport {
  std::string config;
  std::string case_name;
  std::size_t participants = 0;
  std::uint64_t pages = 0;     // shown
  std::uint64_t submits = 0;   // taken
  std::uint64_t refusals = 0;  // that were expected
  std::uint64_t messages = 0;  // live ones, sent
  double game_seconds = 0;     // on the clock of the game
  double seconds = 0;          // on ours
  std::string dropped_on;      // "Send, round 1": where the DropOut was; "": he was through before
  std::optional<BotsFailure> failure;

  std::string text() const;
  Value to_value() const;
};

}  // namespace rialto::play
