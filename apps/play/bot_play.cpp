#include "apps/play/bot_play.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "actors/errors.h"

namespace rialto::play {

using Kind = BotAction::Kind;

BotPlay::BotPlay(BotsOptions options) : options_(std::move(options)) {
  for (const AnyApp& each : options_.apps) apps_[each->name] = each;
  report_.config = options_.config;
  report_.case_name = options_.case_name;
}

BotPlay::~BotPlay() = default;

// -- on a page
// --------------------------------------------------------------------------------------

bool BotPlay::plan(BotSeat& seat) {
  seat.plan.clear();
  seat.next = 0;
  seat.may_act = true;
  seat.messages_left = options_.most_messages;
  try {
    const PlayerBase& me = player(seat);
    look_at(seat, me, options_.seed);
    seat.plan = plan_page(seat, app(seat), me, options_);
    return true;
  } catch (...) {
    if (options_.drop_out) return true;  // it may expect what nobody can give any more
    fail(seat, what_is_caught());
    return false;
  }
}

// The next thing of the plan; after it, what anyone would do.
void BotPlay::act(BotSeat& seat) {
  if (seat.next == seat.plan.size()) return act_by_chance(seat);
  const BotAction action = seat.plan[seat.next++];
  perform(seat, action);
}

void BotPlay::act_by_chance(BotSeat& seat) {
  if (seat.view.wait) {
    seat.state = State::waiting;
    return;
  }
  const bool limited = has_time_limit(seat);
  if (seat.form.has_button || (seat.view.live && !limited)) {
    return submit(seat, {Kind::submit, chance_values(seat, options_.seed), {}, CheckHtml::no});
  }
  seat.state = limited ? State::waiting : State::staying;
}

void BotPlay::perform(BotSeat& seat, const BotAction& action) {
  const std::string input = action.values.dump();
  switch (action.kind) {
    case Kind::say:
      if (seat.view.live) return say(seat, action.values);
      return fail(seat, "the bot says something, but the page takes no live messages", input);
    case Kind::time_out:
      if (has_time_limit(seat)) return let_time_out(seat, action);
      return fail(seat, "the bot waits for a timeout, but the page has none", input);
    case Kind::must_fail:
      return submit(seat, action);
    case Kind::submit:
      break;
  }
  if (action.check_html == CheckHtml::yes) {
    const std::string missing = missing_in_html(seat, action.values);
    if (!missing.empty()) return fail(seat, missing, input);
  }
  submit(seat, action);
}

bool BotPlay::was_meant(BotSeat& seat, bool by_form, const std::vector<std::string>& fields,
                        const std::string& why) {
  const BotAction action = *std::exchange(seat.doing, std::nullopt);
  const auto complain = [&](std::string what) {
    fail(seat, std::move(what), action.values.dump());
    return false;
  };
  if (!by_form) return complain(why);
  if (action.kind != Kind::must_fail) return complain("the page was refused: " + why);
  for (const std::string& field : action.error_fields) {
    if (std::ranges::find(fields, field) != fields.end()) continue;
    return complain("\"" + field + "\" was to be refused, but it was: " + why);
  }
  ++report_.refusals;
  return true;
}

// The first failure counts.
void BotPlay::fail(const BotSeat& seat, std::string what, std::string input) {
  if (report_.failure) return;
  report_.failure = failure_at(seat, std::move(what), std::move(input));
  if (report_.failure->app.empty()) report_.failure->app = options_.config;
}

// -- on live pages
// ----------------------------------------------------------------------------------

// Who is on a live page says one thing. When nobody has anything to say, those whom no time limit
// will move go on.
bool BotPlay::talk() {
  if (play_live_methods()) return true;
  bool spoken = false;
  for (BotSeat& seat : seats_) {
    if (seat.state == State::talking && !report_.failure && speak(seat)) spoken = true;
  }
  if (spoken || !has_been_silent()) return spoken;
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || report_.failure || has_time_limit(seat)) continue;
    act_by_chance(seat);
    spoken = true;
  }
  return spoken;
}

bool BotPlay::play_live_methods() {
  if (options_.drop_out) return false;  // call_live_method speaks for all of the group
  for (BotSeat& seat : seats_) {
    if (seat.state != State::talking || !app(seat).call_live_method || report_.failure) continue;
    if (!called_.emplace(seat.unit, seat.group, seat.view.ref).second) continue;
    call_live_method(seat);
    return true;
  }
  return false;
}

void BotPlay::call_live_method(BotSeat& seat) {
  const BotSeat first = seat;  // the page may move on meanwhile
  called_last_.reset();
  LiveCall live;
  live.page = seat.view.page;
  live.case_name = options_.case_name;
  live.round_number = seat.view.ref.round;
  live.method = [&](int id_in_group, const Value& message) {
    return call(live, first, id_in_group, message);
  };
  try {
    app(seat).call_live_method(player(seat).group_base(), live);
  } catch (...) {
    collecting_ = nullptr;
    const std::string what = "call_live_method: " + what_is_caught();
    if (!called_last_) return fail(first, what);
    fail(called_last_->sender, what, called_last_->message.dump());
  }
}

// What comes of a message of somebody who is on the same page as the first.
LiveReply BotPlay::call(const LiveCall& live, const BotSeat& first, int id_in_group,
                        const Value& message) {
  const auto sender = std::ranges::find_if(seats_, [&](const BotSeat& each) {
    const bool is_there = each.state != State::asking && each.state != State::finished;
    return is_there && each.unit == first.unit && each.group == first.group &&
           each.view.ref == first.view.ref && each.id_in_group == id_in_group;
  });
  if (sender == seats_.end()) {
    throw AppError("player " + std::to_string(id_in_group) + " is not on page " + live.page);
  }
  called_last_ = CalledLast{*sender, message};
  LiveReply reply;
  collecting_ = &reply;
  say(*sender, message);
  settle(*sender);
  collecting_ = nullptr;
  if (report_.failure) throw AppError(report_.failure->what);
  shadows_->unit(first.unit);
  return reply;
}

// The plan first, then the strategy.
bool BotPlay::speak(BotSeat& seat) {
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
  } catch (...) {
    fail(seat, "the bot's strategy failed: " + what_is_caught(), seat.strategy->last().dump());
    return false;
  }
}

void BotPlay::hear(BotSeat& seat, Value payload) {
  if (!seat.strategy) return;
  if (collecting_) collecting_->payloads.emplace_back(seat.id_in_group, payload);
  seat.strategy->saw(std::move(payload));
  seat.may_act = true;
}

void BotPlay::hear_answer(BotSeat& seat, const std::string& code, const std::string& message) {
  if (collecting_) {
    collecting_->code = code;
    collecting_->message = message;
  } else if (code == "app_error" || code == "handler_crashed") {
    return fail(seat, message, seat.said.dump());
  }
  if (!code.empty()) seat.may_act = true;
}

}  // namespace rialto::play
