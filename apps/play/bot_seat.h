// One participant of a BotRun: where it is, what it plans there, what it waits for. A plain value,
// owned by the run.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "actors/bot.h"
#include "actors/messages.h"
#include "apps/load/page_form.h"

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

  std::string code;  // of the participant
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
  std::optional<BotPlayer> strategy;
  bool may_act = false;  // the strategy has something new to think about
  std::size_t messages_left = 0;
};

}  // namespace rialto::play
