#include "apps/play/browser_run.h"

#include <algorithm>
#include <utility>

namespace rialto::play {
namespace {

using std::chrono::milliseconds;

constexpr std::size_t nesting = 64;
constexpr milliseconds quiet{100};              // then it is somebody's turn
constexpr milliseconds slowest_answer{30'000};  // of a page, or of a message
constexpr milliseconds nothing_comes{5'000};    // beyond all time limits

bool is_asking(const BotSeat& seat) {
  return seat.state == BotSeat::State::asking || seat.saying ||
         (seat.state == BotSeat::State::talking && seat.view.live && !seat.listening);
}

}  // namespace

BrowserRun::BrowserRun(BotsOptions options, Server server, std::string script)
    : BotPlay(std::move(options)), server_(std::move(server)), script_(std::move(script)) {}

Result<BotsReport> BrowserRun::play() {
  const auto begin = Clock::now();
  if (auto read = read_all(); !read) return read.error();
  shadows_ = std::make_unique<ShadowUnits>(store_, options_.apps, options_.configs);
  if (auto loaded = shadows_->load(); !loaded) return loaded.error();
  if (auto started = start_browser(); !started) return started.error();
  open_windows();
  while (step()) {
  }
  report_.participants = seats_.size();
  report_.seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  report_.game_seconds = report_.seconds;
  browser_.reset();
  return report_;
}

Result<void> BrowserRun::start_browser() {
  auto started = ChildProcess::start({"node", script_});
  if (!started) return started.error();
  browser_ = std::move(*started);
  const auto line = browser_->read_line(slowest_answer);
  if (!line) {
    return Error{ErrorKind::unavailable,
                 "--browser needs Node.js, which does not start; on Debian `apt install nodejs` "
                 "brings it"};
  }
  const Value event = Value::parse(*line, nesting);
  if (event["event"] == "ready") return {};
  return Error{ErrorKind::unavailable, "--browser: " + event["what"].as<std::string>()};
}

void BrowserRun::open_windows() {
  for (const Value& each : server_.session["participants"]) {
    BotSeat seat;
    seat.number = seats_.size();
    seat.code = each["code"].as<std::string>();
    seats_.push_back(std::move(seat));
  }
  last_event_ = Clock::now();
  for (BotSeat& seat : seats_) {
    tell_browser(seat, "open", {{"link", server_.session["participants"][seat.number]["link"]}});
  }
}

// False when it is over.
bool BrowserRun::step() {
  if (report_.failure || has_ended()) return false;
  if (const auto line = browser_->read_line(quiet)) {
    last_event_ = Clock::now();
    hear_browser(Value::parse(*line, nesting));
    return true;
  }
  if (browser_->has_ended()) {
    fail(seats_.front(), "the browser has ended");
    return false;
  }
  if (!is_busy() && talk()) return true;
  if (Clock::now() - last_event_ <= patience()) return true;
  give_up();
  return false;
}

void BrowserRun::hear_browser(const Value& event) {
  BotSeat& seat = seats_.at(event["seat"].as<std::size_t>());
  const std::string what = event["event"].as<std::string>();
  if (what == "page") return shown(seat, event);
  if (what == "said") {
    seat.saying = false;
    return hear_answer(seat, event["code"].as<std::string>(), event["message"].as<std::string>());
  }
  if (what == "open") {
    seat.listening = true;
    seat.may_act = true;
  }
  if (what == "heard") hear(seat, event["data"]);
  const std::string input = seat.doing ? seat.doing->values.dump() : "";
  if (what == "blocked") {
    fail(seat, "the browser lets nobody submit this: " + event["what"].as<std::string>(), input);
  }
  if (what == "failed") fail(seat, event["what"].as<std::string>(), input);
}

// Is something on its way that will be answered?
bool BrowserRun::is_busy() const { return std::ranges::any_of(seats_, is_asking); }

bool BrowserRun::has_ended() const {
  const std::string last = server_.session["apps"].items().back()["app"].as<std::string>();
  return std::ranges::all_of(seats_, [&](const BotSeat& seat) {
    return seat.state == State::finished ||
           (seat.state == State::staying && stays_at_end(seat, app(seat), last));
  });
}

// How long nothing may happen: until the last time limit that runs, and a little.
milliseconds BrowserRun::patience() {
  if (is_busy()) return slowest_answer;
  milliseconds longest{0};
  for (const BotSeat& seat : seats_) {
    if (seat.state != State::waiting && seat.state != State::talking) continue;
    const auto limit = time_limit(seat);
    if (limit) longest = std::max(longest, std::chrono::ceil<milliseconds>(*limit));
  }
  return longest + nothing_comes;
}

void BrowserRun::give_up() {
  for (const BotSeat& seat : seats_) {
    if (seat.state == State::finished || (is_busy() && !is_asking(seat))) continue;
    if (is_busy()) return fail(seat, "the server does not answer, or the page does not load");
    if (seat.state == State::staying) return fail(seat, std::string(nobody_leaves));
    return fail(seat, "nobody can go on: " + whereabouts(seats_));
  }
}

void BrowserRun::tell_browser(BotSeat& seat, const char* what, Value more) {
  Value command = {{"do", what}, {"seat", seat.number}};
  browser_->write_line(command.update(more).dump());
}

}  // namespace rialto::play
