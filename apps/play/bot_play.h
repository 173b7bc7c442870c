// What bots do in a session, whoever carries it out: on each page the plan of the game's
// play_round, one thing after the other, then what anyone would do; on live pages a message each in
// turn. BotRun carries it out in process, BrowserRun in windows of a browser. Owned by who plays,
// on that thread. Guarantee: the first thing that is not as it should be ends the run and is in the
// report.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "actors/live_call.h"
#include "apps/play/bot_seat.h"
#include "apps/play/bots_report.h"
#include "apps/play/shadow_units.h"

namespace rialto::play {

class BotPlay {
 protected:
  using State = BotSeat::State;

  explicit BotPlay(BotsOptions options);
  virtual ~BotPlay();

  // -- how it is carried out ---
  // As of all that is committed.
  virtual const PlayerBase& player(const BotSeat& seat) = 0;
  virtual bool has_time_limit(const BotSeat& seat) = 0;
  virtual void submit(BotSeat& seat, BotAction action) = 0;
  virtual void let_time_out(BotSeat& seat, const BotAction& action) = 0;
  virtual void say(BotSeat& seat, const Value& message) = 0;
  // Waits until the message that was said last has been answered and heard.
  virtual void settle(BotSeat& seat) = 0;
  // Nobody has anything to say: has it been so for long enough that who may leave does?
  virtual bool has_been_silent() const = 0;

  // -- on a page ---
  // Who the player is and what it will do; false if the game's play_round failed.
  bool plan(BotSeat& seat);
  void act(BotSeat& seat);
  // What was submitted was refused, these fields among it. True: as it was to be.
  bool was_meant(BotSeat& seat, bool by_form, const std::vector<std::string>& fields,
                 const std::string& why);

  // -- on live pages, when all is quiet ---
  // False: nobody has said or done anything.
  bool talk();
  void hear(BotSeat& seat, Value payload);
  void hear_answer(BotSeat& seat, const std::string& code, const std::string& message);

  const AppModel& app(const BotSeat& seat) const { return *apps_.at(seat.view.app); }
  const PageModel& page(const BotSeat& seat) const {
    return app(seat).pages.at(seat.view.ref.position);
  }
  void fail(const BotSeat& seat, std::string what, std::string input = {});

  const BotsOptions options_;
  std::map<std::string, AnyApp> apps_;
  std::unique_ptr<ShadowUnits> shadows_;
  std::vector<BotSeat> seats_;
  BotsReport report_;

 private:
  void act_by_chance(BotSeat& seat);
  void perform(BotSeat& seat, const BotAction& action);
  bool play_live_methods();
  void call_live_method(BotSeat& seat);
  LiveReply call(const LiveCall& live, const BotSeat& first, int id_in_group, const Value& message);
  bool speak(BotSeat& seat);

  // Live pages of groups that call_live_method has played.
  std::set<std::tuple<UnitId, int, PageRef>> called_;
  LiveReply* collecting_ = nullptr;  // what comes of the message of call_live_method
  // The newest of these messages, and who sent it, as that player was then.
  struct CalledLast {
    BotSeat sender;
    Value message;
  };
  std::optional<CalledLast> called_last_;
};

}  // namespace rialto::play
