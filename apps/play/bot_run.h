// A session played by bots from the first page to the last, in process and on a virtual clock: each
// page is rendered as it is served, what the bot plans is done there, wait pages and timeouts
// happen as they do on a server. Owned by `rialto bots` or a test, on its thread. Guarantees: the
// same seed plays the same game; the first thing that is not as it should be ends the run.
// Limitations: scripts of pages do not run; a handler that hangs, hangs.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "apps/play/bot_play.h"
#include "apps/play/play_world.h"
#include "gateway/site_content.h"

namespace rialto::play {

class BotRun final : private BotPlay, private ActorsListener {
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
  // -- BotPlay ---
  const PlayerBase& player(const BotSeat& seat) override;
  bool has_time_limit(const BotSeat& seat) override;
  void submit(BotSeat& seat, BotAction action) override { submit(seat, std::move(action), false); }
  void let_time_out(BotSeat& seat, const BotAction& action) override;
  void say(BotSeat& seat, const Value& message) override;
  void settle(BotSeat&) override { world_->run(*this); }
  bool has_been_silent() const override { return true; }

  // -- ActorsListener ---
  void answered(PageAnswer answer) override;
  void answered(SessionAnswer answer) override;
  void joined(const Joined& joined) override;
  void piece(const HistoryPiece& piece) override;
  void released(const Release& release) override;
  void unit_closed(UnitId unit) override;
  void unit_gone(UnitId unit) override;

  // -- the run ---
  Result<void> make_session();
  bool step();
  bool act_where_ready();
  bool drop_out();
  bool pass_time();
  void check_all_came_through();

  // -- pages ---
  void ask_page(BotSeat& seat);
  void show(BotSeat& seat, PageView view);
  bool render(BotSeat& seat);
  void begin_page(BotSeat& seat);
  void submit(BotSeat& seat, BotAction action, bool timed_out);
  void after_submit(BotSeat& seat, PageAnswer& answer);
  void after_refusal(BotSeat& seat, PageView view);

  // -- live pages ---
  void join(BotSeat& seat);
  void leave(BotSeat& seat);
  void take_place(BotSeat& seat, UnitId unit, std::uint32_t number);

  const SiteContent& content_;
  std::unique_ptr<PlayWorld> world_;
  std::string session_;
  SessionAnswer made_;
  std::string last_app_;
  std::unordered_map<UnitId, std::vector<std::size_t>> seats_of_;
  std::unordered_map<ConnectionId, std::size_t> seat_of_;
  ConnectionId last_connection_ = 0;
  int vain_passes_ = 0;  // of time, since a bot has done anything
};

}  // namespace rialto::play
