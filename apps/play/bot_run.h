// A session played by bots from the first page to the last, in process and on a virtual clock: each
// page is rendered as it is served, what the bot plans is done there, wait pages and timeouts
// happen as they do on a server. Owned by `rialto bots` or a test, on its thread. Guarantees: the
// same seed plays the same game, but for codes and the session's own draws; the first thing that is
// not as it should be ends the run. Limitations: scripts of pages do not run; a handler that hangs,
// hangs.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "apps/play/bot_seat.h"
#include "apps/play/bots_report.h"
#include "apps/play/play_world.h"
#include "apps/play/shadow_units.h"
#include "gateway/site_content.h"

namespace rialto::play {

class BotRun final : private ActorsListener {
 public:
  // `content` has the pages of the apps, and outlives the run.
  BotRun(BotsOptions options, const SiteContent& content);
  ~BotRun() override;

  // Plays once. An Error: the session could not be made. What bots find wrong is in the report.
  Result<BotsReport> play();
  // What the session left behind, to be exported.
  const Reader& store() const { return world_->store(); }
  const std::string& session() const { return session_; }

 private:
  using State = BotSeat::State;

  // -- ActorsListener ---
  void answered(PageAnswer answer) override;
  void answered(SessionAnswer answer) override;
  void joined(const Joined& joined) override;
  void piece(const HistoryPiece& piece) override;
  void released(const Release& release) override;
  void unit_gone(UnitId unit) override;

  // -- the run ---
  Result<void> make_session();
  bool step();
  bool act_where_ready();
  bool pass_time();
  void check_all_came_through();

  // -- pages ---
  void ask_page(BotSeat& seat);
  void show(BotSeat& seat, PageView view);
  bool render(BotSeat& seat);
  void begin_page(BotSeat& seat);
  void act(BotSeat& seat);
  void act_by_chance(BotSeat& seat);
  void perform(BotSeat& seat, const BotAction& action);
  void submit(BotSeat& seat, BotAction action, bool timed_out = false);
  void let_time_out(BotSeat& seat, const BotAction& action);
  void after_submit(BotSeat& seat, PageAnswer& answer);
  void after_refusal(BotSeat& seat, PageView view);
  bool has_time_limit(const BotSeat& seat) const;

  // -- live pages ---
  void join(BotSeat& seat);
  void leave(BotSeat& seat);
  void take_place(BotSeat& seat, UnitId unit, std::uint32_t number);
  bool talk();
  bool play_live_methods();
  void call_live_method(BotSeat& seat);
  bool speak(BotSeat& seat);
  void say(BotSeat& seat, Value message);
  void hear(BotSeat& seat, const std::string& payload);
  void hear_outcome(const Outcome& outcome);

  const AppModel& app(const BotSeat& seat) const;
  const PageModel& page(const BotSeat& seat) const;
  const PlayerBase& player(const BotSeat& seat);
  BotSeat* on_page(UnitId unit, int group, PageRef page, int id_in_group);
  void fail(const BotSeat* seat, std::string what, std::string input = {});

  const BotsOptions options_;
  const SiteContent& content_;
  std::map<std::string, AnyApp> apps_;
  std::unique_ptr<PlayWorld> world_;
  std::unique_ptr<ShadowUnits> shadows_;
  std::string session_;
  SessionAnswer made_;
  std::string last_app_;
  std::vector<BotSeat> seats_;
  std::unordered_map<UnitId, std::vector<std::size_t>> seats_of_;
  std::unordered_map<ConnectionId, std::size_t> seat_of_;
  ConnectionId last_connection_ = 0;
  // Live pages of groups that call_live_method has played.
  std::set<std::tuple<UnitId, int, PageRef>> called_;
  LiveReply* collecting_ = nullptr;  // what comes of the message of call_live_method
  BotsReport report_;
};

}  // namespace rialto::play
