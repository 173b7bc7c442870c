#include "apps/play/bot_run.h"

#include <algorithm>
#include <chrono>

namespace rialto::play {
namespace {

// A room that is asked again and again who is to be a group makes no end by itself.
constexpr int most_vain_passes = 2'000;

}  // namespace

BotRun::BotRun(BotsOptions options, const SiteContent& content)
    : BotPlay(std::move(options)), content_(content) {}

BotRun::~BotRun() = default;

Result<BotsReport> BotRun::play() {
  const auto begin = std::chrono::steady_clock::now();
  auto world = PlayWorld::create(options_.apps, options_.configs);
  if (!world) return world.error();
  world_ = std::move(*world);
  shadows_ = std::make_unique<ShadowUnits>(world_->store(), options_.apps, options_.configs);
  const std::int64_t game_begin = world_->now();
  if (auto made = make_session(); !made) return made.error();
  for (BotSeat& seat : seats_) ask_page(seat);
  while (step()) {
  }
  if (!report_.failure) check_all_came_through();
  report_.participants = seats_.size();
  report_.game_seconds = static_cast<double>(world_->now() - game_begin) / 1e6;
  report_.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return report_;
}

Result<void> BotRun::make_session() {
  CreateSession wish;
  wish.config = options_.config;
  wish.participants = options_.participants;
  wish.bots = true;
  wish.seed = options_.seed;
  world_->actors().create_session(std::move(wish));
  world_->run(*this);
  if (!made_.error.empty()) return Error{ErrorKind::invalid, made_.error};
  session_ = made_.result["code"].as<std::string>();
  for (const Value& each : made_.result["participants"]) {
    BotSeat seat;
    seat.number = seats_.size();
    seat.code = each["code"].as<std::string>();
    seats_.push_back(std::move(seat));
  }
  last_app_ = made_.result["apps"].items().back()["app"].as<std::string>();
  return shadows_->load();
}

// False when nothing can happen any more.
bool BotRun::step() {
  world_->run(*this);
  if (report_.failure) return false;
  if (drop_out() || act_where_ready() || talk()) {
    vain_passes_ = 0;
    return true;
  }
  return pass_time();
}

// He closes the browser, and is dropped.
bool BotRun::drop_out() {
  if (!options_.drop_out || !report_.dropped_on.empty()) return false;
  BotSeat& seat = seats_.at(options_.drop_out->participant);
  if (seat.pages < options_.drop_out->page || seat.state == State::finished) return false;
  report_.dropped_on = seat.view.page + ", round " + std::to_string(seat.view.ref.round);
  leave(seat);
  seat.state = State::finished;
  world_->drop(session_, seat.code);
  world_->run(*this);
  return true;
}

bool BotRun::act_where_ready() {
  bool acted = false;
  for (BotSeat& seat : seats_) {
    if (seat.state != State::ready || report_.failure) continue;
    act(seat);
    world_->run(*this);  // one after the other: the first of a group to come must wait for the rest
    acted = true;
  }
  return acted;
}

// To the next thing that is due: a timeout of a group, or a bot whose own time is up.
bool BotRun::pass_time() {
  std::optional<std::int64_t> next = world_->next_timeout();
  bool nobody_waits = true;
  bool nobody_is_due = true;
  for (const BotSeat& seat : seats_) {
    if (seat.state != State::finished && seat.state != State::staying) nobody_waits = false;
    if (seat.state != State::timing) continue;
    next = std::min(next.value_or(seat.due), seat.due);
    nobody_is_due = false;
  }
  if (nobody_is_due && ++vain_passes_ > most_vain_passes) return false;
  if (!next || nobody_waits || report_.failure) return false;
  world_->pass_time(*next);
  for (BotSeat& seat : seats_) {
    if (seat.state == State::timing && seat.due <= world_->now()) {
      submit(seat, seat.plan.back(), true);
    }
  }
  return true;
}

void BotRun::check_all_came_through() {
  for (const BotSeat& seat : seats_) {
    if (seat.state == State::finished || stays_at_end(seat, app(seat), last_app_)) continue;
    if (seat.state == State::staying) return fail(seat, std::string(nobody_leaves));
    return fail(seat, "nobody can go on: " + whereabouts(seats_));
  }
}

// As of all that is committed.
const PlayerBase& BotRun::player(const BotSeat& seat) {
  return shadows_->unit(seat.unit).roster().player(seat.view.ref.round, seat.seat);
}

// -- what the actors say
// ---------------------------------------------------------------------------

void BotRun::answered(SessionAnswer answer) { made_ = std::move(answer); }

void BotRun::answered(PageAnswer answer) {
  BotSeat& seat = seats_.at(answer.request - 1);
  if (report_.failure) return;
  switch (answer.status) {
    case PageStatus::page:
    case PageStatus::finished:
      return after_submit(seat, answer);
    case PageStatus::failed:
      return fail(seat, "a hook of this page or the next failed; the log says which",
                  seat.doing ? seat.doing->values.dump() : "");
    default:
      return fail(seat, "the server has no page for this participant");
  }
}

// Whose page is asked for then is told so.
void BotRun::unit_closed(UnitId) {}

void BotRun::unit_gone(UnitId) {
  if (report_.failure) return;
  report_.failure = BotsFailure{};
  report_.failure->app = options_.config;
  report_.failure->what = "a group has ended before its players";
}

}  // namespace rialto::play
