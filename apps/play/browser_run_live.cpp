// The part of a BrowserRun that talks on live pages.
#include <algorithm>

#include "actors/errors.h"
#include "apps/play/browser_run.h"

namespace rialto::play {
namespace {

constexpr std::chrono::milliseconds silence{1000};  // of all: then pages without a limit are left
constexpr std::chrono::milliseconds delivery{200};  // to the others, after the sender's answer

}  // namespace

// All windows are quiet: who is on a live page says one thing. When nobody has said anything for a
// while, those whom no time limit will move go on.
bool BrowserRun::talk() {
  if (play_live_methods()) return true;
  bool spoken = false;
  for (BotSeat& seat : seats_) {
    if (seat.state == State::talking && !report_.failure && speak(seat)) spoken = true;
  }
  if (spoken || Clock::now() - last_event_ < silence) return spoken;
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || report_.failure || time_limit(seat)) continue;
    act_by_chance(seat);
    spoken = true;
  }
  return spoken;
}

bool BrowserRun::play_live_methods() {
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || !app(seat).call_live_method || report_.failure) continue;
    if (!called_.emplace(seat.unit, seat.group, seat.view.ref).second) continue;
    call_live_method(seat);
    return true;
  }
  return false;
}

void BrowserRun::call_live_method(BotSeat& seat) {
  const UnitId unit = seat.unit;
  const int group = seat.group;
  const PageRef ref = seat.view.ref;
  LiveCall live;
  live.page = seat.view.page;
  live.case_name = options_.case_name;
  live.round_number = ref.round;
  live.method = [&, this](int id_in_group, const Value& message) {
    const auto sender = std::ranges::find_if(seats_, [&](const BotSeat& each) {
      return each.unit == unit && each.group == group && each.view.ref == ref &&
             each.id_in_group == id_in_group;
    });
    if (sender == seats_.end()) {
      throw AppError("player " + std::to_string(id_in_group) + " is not on page " + live.page);
    }
    return say_and_hear(*sender, message);
  };
  try {
    app(seat).call_live_method(player(seat).group_base(), live);
  } catch (const std::exception& error) {
    fail(seat, "call_live_method: " + std::string(error.what()), seat.said.dump());
  }
}

LiveReply BrowserRun::say_and_hear(BotSeat& seat, const Value& message) {
  LiveReply reply;
  collecting_ = &reply;
  say(seat, message);
  const auto until = Clock::now() + std::chrono::seconds(30);
  auto wait = std::chrono::milliseconds(30'000);
  while (!report_.failure && Clock::now() < until) {
    const auto line = browser_->read_line(wait);
    if (!line) break;
    last_event_ = Clock::now();
    hear_browser(Value::parse(*line, 64));
    if (!seat.saying) wait = delivery;
  }
  collecting_ = nullptr;
  if (report_.failure) throw AppError(report_.failure->what);
  if (auto read = read_all(); !read) throw AppError(read.error().message);
  shadows_->unit(seat.unit);
  return reply;
}

// The plan first, then the strategy.
bool BrowserRun::speak(BotSeat& seat) {
  if (seat.next < seat.plan.size()) {
    act(seat);
    return true;
  }
  const AppModel& model = app(seat);
  if (!model.bot || model.call_live_method || !seat.may_act || seat.messages_left == 0) {
    return false;
  }
  seat.may_act = false;
  try {
    const std::optional<Value> message = model.bot(*seat.strategy);
    if (!message) return false;
    --seat.messages_left;
    say(seat, *message);
    return true;
  } catch (const std::exception& error) {
    fail(seat, "the bot's strategy failed: " + std::string(error.what()),
         seat.strategy->last().dump());
    return false;
  }
}

void BrowserRun::say(BotSeat& seat, const Value& message) {
  ++report_.messages;
  seat.said = message;
  seat.saying = true;
  tell_browser(seat, "say", {{"data", message}});
}

void BrowserRun::said(BotSeat& seat, const Value& event) {
  seat.saying = false;
  const std::string code = event["code"].as<std::string>();
  const std::string sentence = event["message"].as<std::string>();
  if (collecting_) {
    collecting_->code = code;
    collecting_->message = sentence;
  } else if (code == "app_error" || code == "handler_crashed") {
    return fail(seat, sentence, seat.said.dump());
  }
  if (!code.empty()) seat.may_act = true;
}

}  // namespace rialto::play
