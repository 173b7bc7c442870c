#include "apps/play/bot_run.h"

#include <algorithm>
#include <chrono>

namespace rialto::play {

BotRun::BotRun(BotsOptions options, const SiteContent& content)
    : options_(std::move(options)), content_(content) {
  for (const AnyApp& each : options_.apps) apps_[each->name] = each;
  report_.config = options_.config;
  report_.case_name = options_.case_name;
}

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
  world_->actors().create_session(std::move(wish));
  world_->run(*this);
  if (!made_.error.empty()) return Error{ErrorKind::invalid, made_.error};
  session_ = made_.result["code"].as<std::string>();
  for (const Value& each : made_.result["participants"]) {
    BotSeat seat;
    seat.code = each["code"].as<std::string>();
    seats_.push_back(std::move(seat));
  }
  last_app_ = made_.result["apps"].items().back()["app"].as<std::string>();
  return shadows_->load();
}

// False when nothing can happen any more.
bool BotRun::step() {
  world_->run(*this);
  return !report_.failure && (act_where_ready() || talk() || pass_time());
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
  for (const BotSeat& seat : seats_) {
    if (seat.state != State::finished && seat.state != State::staying) nobody_waits = false;
    if (seat.state == State::timing) next = std::min(next.value_or(seat.due), seat.due);
  }
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
  const auto stays = [&](const BotSeat& seat) {
    if (seat.state != State::staying || seat.view.app != last_app_) return false;
    const AppModel& model = app(seat);
    return seat.view.ref.round == model.rounds && seat.view.ref.position + 1U == model.pages.size();
  };
  for (const BotSeat& seat : seats_) {
    if (seat.state == State::finished || stays(seat)) continue;
    if (seat.state == State::staying) {
      return fail(&seat,
                  "the page has no button, no time limit and nobody who moves it on; if a script "
                  "submits it, say in play_round: bot.submit({…}, CheckHtml::no)");
    }
    return fail(&seat, "nobody can go on: " + whereabouts());
  }
}

// "2 wait on WaitForOthers (round 1); 1 is on Contribute (round 1)"
std::string BotRun::whereabouts() const {
  std::map<std::string, int> on;
  for (const BotSeat& seat : seats_) {
    if (seat.state == State::finished) {
      ++on["at the end"];
    } else {
      ++on["on " + seat.view.page + " (round " + std::to_string(seat.view.ref.round) + ")"];
    }
  }
  std::string text;
  for (const auto& [where, count] : on) {
    text += (text.empty() ? "" : ", ") + std::to_string(count) + " " + where;
  }
  return text;
}

const AppModel& BotRun::app(const BotSeat& seat) const { return *apps_.at(seat.view.app); }

const PageModel& BotRun::page(const BotSeat& seat) const {
  return app(seat).pages.at(seat.view.ref.position);
}

std::uint64_t BotRun::seed_of(const BotSeat& seat) const {
  return (options_.seed * 1'000'003 + index_of(seat)) * 1'000'003 + seat.view.ref.round * 1'009U +
         seat.view.ref.position;
}

BotSeat* BotRun::on_page(UnitId unit, int group, PageRef page, int id_in_group) {
  for (const std::size_t index : seats_of_[unit]) {
    BotSeat& seat = seats_[index];
    if (seat.group == group && seat.id_in_group == id_in_group && seat.view.ref == page &&
        seat.connection != 0) {
      return &seat;
    }
  }
  return nullptr;
}

// As of all that is committed.
const PlayerBase& BotRun::player(const BotSeat& seat) {
  return shadows_->unit(seat.unit).roster().player(seat.view.ref.round, seat.seat);
}

void BotRun::look_who_it_is(BotSeat& seat) {
  const PlayerBase& who = player(seat);
  seat.id_in_group = who.id_in_group();
  seat.group = who.has_group() ? who.group_base().id_in_subsession() : 0;
  seat.players_in_group = who.has_group() ? static_cast<int>(who.group_base().player_count()) : 0;
  seat.strategy.emplace(seat.id_in_group, seat.players_in_group, seed_of(seat));
}

// The first failure counts.
void BotRun::fail(const BotSeat* seat, std::string what, std::string input) {
  if (report_.failure) return;
  BotsFailure failure;
  failure.app = options_.config;
  failure.what = std::move(what);
  failure.input = std::move(input);
  if (seat) {
    if (!seat->view.app.empty()) failure.app = seat->view.app;
    failure.page = seat->view.page;
    failure.round = seat->view.ref.round;
    failure.participant = static_cast<int>(index_of(*seat)) + 1;
    failure.id_in_group = seat->id_in_group;
  }
  report_.failure = std::move(failure);
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
      return fail(&seat, "a hook of the next page failed; the log says which",
                  seat.doing ? seat.doing->values.dump() : "");
    default:
      return fail(&seat, "the server has no page for this participant");
  }
}

void BotRun::unit_gone(UnitId) { fail(nullptr, "a group has ended before its players"); }

}  // namespace rialto::play
