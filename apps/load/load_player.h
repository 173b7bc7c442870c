// One participant of a load test: asks the bot, numbers its sends, keeps them until they are
// answered and sends them again after a reconnect, as rialto.js does. Knows frames, no socket.
// Owned by its LoadConnection, on the engine's thread.
// Guarantee: each send keeps its sender id, number and page until it is answered (rules.md 1).
#pragma once

#include <deque>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "apps/load/frame_log.h"
#include "apps/load/live_page.h"
#include "apps/load/load_options.h"
#include "apps/load/wire.h"

namespace rialto::load {

// What a frame asks of the connection.
enum class Wish {
  nothing,
  load_page,     // the page is outdated: ask for the current one
  resend_later,  // call `resend` after a pause
};

class LoadPlayer {
 public:
  LoadPlayer(std::size_t index, const LoadOptions& options, Tally& tally, FrameLog* log);

  // A page has been loaded: numbers start anew under a new sender id; what is unanswered stays.
  void enter(LivePage page);
  const LivePage& page() const { return page_; }
  // The line is down.
  void disconnected() { live_ = greeted_ = false; }

  // These append frames to `out`, to be sent.
  void say_hello(std::string& out);
  Wish receive(std::string_view frame, Time now, std::string& out);
  // Closed loop: calls as long as the bot wants to and may.
  void act(Time now, std::string& out);
  // Open loop: one call that was due at `intended`, whatever is still unanswered.
  void call(Time intended, std::string& out);
  void resend(std::string& out);

  bool live() const { return live_; }
  // The bot had nothing to say when it was asked last, and all it said has been answered.
  bool is_silent() const { return silent_ && sends_.empty(); }
  std::uint64_t heard() const { return bot_.messages_seen(); }
  std::size_t unanswered() const { return sends_.size(); }

 private:
  struct Send {
    std::uint64_t number;
    std::string sender;
    std::string page;
    std::string data;
    Time intended;
  };

  std::optional<std::string> ask_bot();
  const BotStrategy& strategy() const;
  void make_call(std::string data, Time intended, std::string& out);
  void append(std::string& out, std::string_view frame);
  void append_send(std::string& out, const Send& send);
  bool is_news(const ServerFrame& frame, std::string_view text);
  void take_message(const ServerFrame& frame, Time now);
  Wish on_error(const ServerFrame& frame, Time now);
  void answered(const ServerFrame& frame, Time now);
  std::uint32_t mask();

  const Seat& seat_;
  const std::size_t index_;
  const LoadOptions& options_;
  Tally& tally_;
  FrameLog* const log_;
  BotPlayer bot_;
  std::optional<std::string> newest_;  // payload the bot has not looked at yet
  LivePage page_;
  std::string sender_;
  std::uint64_t last_number_ = 0;
  std::uint64_t record_ = 0;  // newest seen
  // The messages of that record, a line each. It may have more: asked for again after a reconnect.
  std::string of_record_;
  std::vector<std::string> known_;  // those that were asked for again: left out when they come
  std::deque<Send> sends_;          // unanswered, in order
  bool greeted_ = false;            // the server has said hello: sends may go
  bool live_ = false;       // history has been received: the bot knows what its player knows
  bool held_back_ = false;  // until `resend`
  bool silent_ = false;
  std::uint64_t random_;
};

}  // namespace rialto::load
