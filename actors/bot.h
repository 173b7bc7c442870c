// A bot on the pages of a game, as oTree's PlayerBot: `void play_round(Bot& bot, const Player& me)`
// is called when a page is shown and says what its player does there: submits the form, hands in
// what must be refused, lets the time run out, sends live messages. What it says nothing about is
// filled in by chance. Made by who plays it (`rialto bots`, `rialto load`) for one page, on that
// thread. Guarantees: a bot sees what its player may see; what it plans is done in that order, once
// play_round has returned. Limitation: `me` is there in `rialto bots` only; a game whose play_round
// takes the bot alone is played so by `rialto load`, too.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "actors/bot_player.h"
#include "actors/value.h"

namespace rialto {

// Must the page have the inputs that are submitted, and a button to do it?
enum class CheckHtml { yes, no };

// What a bot does on a page, one thing after the other.
struct BotAction {
  enum class Kind { submit, must_fail, time_out, say };
  Kind kind = Kind::submit;
  Value values;                           // of the form; of `say`: the message
  std::vector<std::string> error_fields;  // of must_fail: must be among those refused
  CheckHtml check_html = CheckHtml::yes;
};

class Bot {
 public:
  // What is shown, and to whom.
  struct Shown {
    std::string app;
    std::string page;
    std::vector<std::string> pages;  // all of the app
    std::vector<std::string> cases;  // all of the app
    std::string case_name;
    std::string html;
    Value js_vars;
    std::string role;
    int id_in_group = 0;
    int round_number = 1;
    std::uint64_t seed = 1;  // of this bot's draws on this page
  };

  explicit Bot(Shown shown)
      : shown_(std::move(shown)), random_(shown_.id_in_group, 0, shown_.seed) {}

  // -- what is shown ------------------------------------------------------------------------------
  // Is it this page? AppError if the app has none of that name.
  bool on(std::string_view page) const;
  const std::string& page() const { return shown_.page; }
  // The whole page as the browser gets it.
  const std::string& html() const { return shown_.html; }
  const Value& js_vars() const { return shown_.js_vars; }
  Ordinal round_number() const { return Ordinal(shown_.round_number); }
  Ordinal id_in_group() const { return Ordinal(shown_.id_in_group); }
  const std::string& role() const { return shown_.role; }
  // Is it this case that is played? AppError if the app has none of that name.
  bool in_case(std::string_view name) const;
  const std::string& case_name() const { return shown_.case_name; }
  // 64 random bits, the same in each run of the same seed.
  std::uint64_t draw() { return random_.draw(); }

  // -- what its player does -----------------------------------------------------------------------
  // Fills in exactly this, {{"offer", 10}}, and goes on. The last thing on a page.
  void submit(Value values = Value::object(), CheckHtml check = CheckHtml::yes);
  // Hands in this, which must be refused: because of these fields, if some are named.
  void must_fail(Value values, std::vector<std::string> error_fields = {});
  // Writes this into the form, and lets the page's time run out. The last thing on a page.
  void time_out(Value values = Value::object());
  // Sends a live message, as the page's liveSend does.
  void say(Value message);

  const std::vector<BotAction>& actions() const { return actions_; }

 private:
  void add(BotAction action);

  Shown shown_;
  BotPlayer random_;
  std::vector<BotAction> actions_;
};

}  // namespace rialto
