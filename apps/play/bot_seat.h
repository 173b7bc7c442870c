// One participant of a BotRun or BrowserRun: where it is, what it plans there, what it waits for. A
// plain value, owned by the run; and what both runs ask of it, free functions.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actors/app_model.h"
#include "actors/bot.h"
#include "actors/messages.h"
#include "apps/load/page_form.h"
#include "apps/play/bots_report.h"

namespace rialto::play {

struct BotSeat {
  enum class State {
    asking,   // for a page: the answer is on its way
    ready,    // does the next thing of its plan
    talking,  // on a live page: has its turn when all is quiet
    waiting,  // to be moved on by others or by the time
    timing,   // lets its own time run out, until `due`
    staying,  // nothing to click: the last page of many games
    finished,
  };

  std::size_t number = 0;  // of the participant in the session, from 0
  std::string code;        // of the participant
  UnitId unit;
  std::uint32_t seat = 0;  // in the unit, from 1
  int group = 0;           // its number in the unit's round; 0: in none yet, or not known
  int id_in_group = 0;
  int players_in_group = 0;

  State state = State::asking;
  PageView view;
  std::string html;
  load::PageForm form;
  std::int64_t shown_at = 0;
  std::uint64_t pages = 0;  // shown so far
  std::int64_t due = 0;

  std::vector<BotAction> plan;
  std::size_t next = 0;            // of the plan
  std::optional<BotAction> doing;  // a submit whose answer is on its way

  ConnectionId connection = 0;  // 0: this page has not joined
  std::string sender;
  std::uint64_t sends = 0;  // of this load of the page
  std::uint64_t upto = 0;   // newest record heard
  bool listening = false;   // its history has come: from here on it hears what is said
  Value said;               // the newest send
  bool saying = false;      // in a browser: its answer is on its way
  std::optional<BotPlayer> strategy;
  bool may_act = false;  // the strategy has something new to think about
  std::size_t messages_left = 0;
};

// Of a bot's draws on the page it is on.
std::uint64_t draws_of(const BotSeat& seat, std::uint64_t seed);
// Notes who sits there and in which group, and begins its strategy.
void look_at(BotSeat& seat, const PlayerBase& who, std::uint64_t seed);
// What the game's play_round says of the page; {} if it has none. What that throws comes out.
std::vector<BotAction> plan_page(const BotSeat& seat, const AppModel& app, const PlayerBase& me,
                                 const BotsOptions& options);
// Why nobody could hand in these values on this page; "" if it has the inputs and a button.
std::string missing_in_html(const BotSeat& seat, const Value& values);
// What anyone would do: valid values by chance.
Value chance_values(const BotSeat& seat, std::uint64_t seed);
// Is the page the last one of all, where people stay?
bool stays_at_end(const BotSeat& seat, const AppModel& app, const std::string& last_app);
// "2 on WaitForOthers (round 1), 1 at the end"
std::string whereabouts(const std::vector<BotSeat>& seats);
BotsFailure failure_at(const BotSeat& seat, std::string what, std::string input);

}  // namespace rialto::play
