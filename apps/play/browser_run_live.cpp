// The part of a BrowserRun that talks on live pages.
#include "actors/errors.h"
#include "apps/play/browser_run.h"

namespace rialto::play {
namespace {

constexpr std::chrono::milliseconds silence{1000};  // of all: then pages without a limit are left
constexpr std::chrono::milliseconds delivery{200};  // to the others, after the sender's answer
constexpr std::chrono::milliseconds slowest_answer{30'000};

}  // namespace

bool BrowserRun::has_been_silent() const { return Clock::now() - last_event_ >= silence; }

void BrowserRun::say(BotSeat& seat, const Value& message) {
  ++report_.messages;
  seat.said = message;
  seat.saying = true;
  tell_browser(seat, "say", {{"data", message}});
}

void BrowserRun::settle(BotSeat& seat) {
  const auto until = Clock::now() + slowest_answer;
  auto wait = slowest_answer;
  while (!report_.failure && Clock::now() < until) {
    const auto line = browser_->read_line(wait);
    if (!line) break;
    last_event_ = Clock::now();
    hear_browser(Value::parse(*line, 64));
    if (!seat.saying) wait = delivery;
  }
  if (auto read = read_all(); !read) throw AppError(read.error().message);
}

}  // namespace rialto::play
