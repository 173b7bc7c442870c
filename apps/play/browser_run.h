// A session played by bots in a real browser against a running server: a window for each
// participant, every page as it is served and drawn, what a bot plans typed into the real form,
// live messages by the page's own liveSend, timeouts waited for. Owned by `rialto bots --browser`,
// on its thread. Guarantees: bots plan as in BotRun, from the same functions of the game; the first
// thing that is not as it should be ends the run, a script of a page that throws, too. Limitations:
// time is the real one; a bot's player is as of the moment at which its page is seen, so others may
// have gone on already; who has something to say on a live page does so once all windows are quiet.
#pragma once

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "apps/play/bot_play.h"
#include "apps/play/child_process.h"
#include "storage/memory_store.h"

namespace rialto::play {

class BrowserRun final : private BotPlay {
 public:
  struct Server {
    Value session;  // as `session create` tells it, with links that lead to the server
    // Copies all that is committed of the session into the store.
    std::function<Result<void>(Store& into)> read_session;
  };

  // `script` is browser_bots.mjs.
  BrowserRun(BotsOptions options, Server server, std::string script);

  // Plays once. An Error: there is no browser, or no server. What bots find wrong is in the report.
  Result<BotsReport> play();
  // What the session left behind, to be exported.
  Result<void> read_all() { return server_.read_session(store_); }
  const Reader& store() const { return store_; }
  std::string session() const { return server_.session["code"].as<std::string>(); }

 private:
  using Clock = std::chrono::steady_clock;

  // -- BotPlay ---
  const PlayerBase& player(const BotSeat& seat) override;
  bool has_time_limit(const BotSeat& seat) override { return time_limit(seat).has_value(); }
  void submit(BotSeat& seat, BotAction action) override;
  void let_time_out(BotSeat& seat, const BotAction& action) override;
  void say(BotSeat& seat, const Value& message) override;
  void settle(BotSeat& seat) override;
  bool has_been_silent() const override;

  // -- the run ---
  Result<void> start_browser();
  void open_windows();
  bool step();
  void hear_browser(const Value& event);
  bool is_busy() const;
  bool has_ended() const;
  std::chrono::milliseconds patience();
  void give_up();

  // -- pages ---
  void shown(BotSeat& seat, const Value& event);
  void begin_page(BotSeat& seat);
  void after_refusal(BotSeat& seat, const Value& event);
  std::optional<std::chrono::microseconds> time_limit(const BotSeat& seat);

  void tell_browser(BotSeat& seat, const char* what, Value more);

  const Server server_;
  const std::string script_;
  MemoryStore store_;
  std::unique_ptr<ChildProcess> browser_;
  Clock::time_point last_event_;
};

}  // namespace rialto::play
