// The part of a BrowserRun that sees pages and submits them.
#include <algorithm>

#include "apps/play/browser_run.h"

namespace rialto::play {

using Kind = BotAction::Kind;

void BrowserRun::shown(BotSeat& seat, const Value& event) {
  if (event["page"].is_null()) {
    const std::string text = event["text"].as<std::string>();
    if (event["is_bad"].as<bool>()) return fail(seat, "instead of a page there is: " + text);
    if (seat.doing) ++report_.submits;
    seat.doing.reset();
    seat.state = State::finished;
    return;
  }
  const std::string name = event["page"].as<std::string>();
  const std::string app_name = name.substr(0, name.find('/'));
  PageRef ref;
  (void)parse_page(name, ref);
  const bool same = seat.view.app == app_name && seat.view.ref == ref && !seat.html.empty();
  seat.html = event["html"].as<std::string>();
  seat.form = load::read_page_form(seat.html).value_or(load::PageForm());
  seat.listening = false;
  seat.saying = false;
  if (same) return seat.doing ? after_refusal(seat, event) : void();
  if (seat.doing && seat.doing->kind == Kind::must_fail) {
    return fail(seat, "this was to be refused, but was taken", seat.doing->values.dump());
  }
  if (seat.doing) ++report_.submits;
  ++report_.pages;
  seat.doing.reset();
  seat.view = PageView();
  seat.view.app = app_name;
  seat.view.ref = ref;
  seat.view.page = page(seat).name;
  seat.view.wait = page(seat).wait;
  seat.view.live = static_cast<bool>(page(seat).live);
  seat.view.js_vars = event["js_vars"];
  begin_page(seat);
}

void BrowserRun::begin_page(BotSeat& seat) {
  seat.plan.clear();
  seat.next = 0;
  seat.may_act = true;
  seat.messages_left = options_.most_messages;
  seat.state = State::waiting;
  if (seat.view.wait && !seat.view.live) return;
  if (auto read = read_all(); !read) return fail(seat, read.error().message);
  try {
    const PlayerBase& me = player(seat);
    look_at(seat, me, options_.seed);
    seat.plan = plan_page(seat, app(seat), me, options_);
  } catch (const std::exception& error) {
    return fail(seat, error.what());
  }
  seat.state = State::talking;
  if (!seat.view.live) act(seat);
}

void BrowserRun::after_refusal(BotSeat& seat, const Value& event) {
  const BotAction action = *std::exchange(seat.doing, std::nullopt);
  const std::string input = action.values.dump();
  std::string why = event["error"].as<std::string>();
  for (const Value& error : event["field_errors"]) why += " " + error.as<std::string>();
  if (why.empty()) return fail(seat, "the page was submitted, but stays", input);
  if (action.kind != Kind::must_fail) return fail(seat, "the page was refused: " + why, input);
  if (!event["by_form"].as<bool>()) return fail(seat, why, input);
  const auto wrong = event["wrong_fields"].as<std::vector<std::string>>();
  for (const std::string& field : action.error_fields) {
    if (std::ranges::find(wrong, field) != wrong.end()) continue;
    return fail(seat, "\"" + field + "\" was to be refused, but it was: " + why, input);
  }
  ++report_.refusals;
  seat.state = State::talking;
  if (!seat.view.live) act(seat);
}

// The next thing of the plan; after it, what anyone would do.
void BrowserRun::act(BotSeat& seat) {
  if (seat.next == seat.plan.size()) return act_by_chance(seat);
  const BotAction action = seat.plan[seat.next++];
  perform(seat, action);
}

void BrowserRun::act_by_chance(BotSeat& seat) {
  if (seat.view.wait) {
    seat.state = State::waiting;
    return;
  }
  const bool limited = time_limit(seat).has_value();
  if (seat.form.has_button || (seat.view.live && !limited)) {
    return submit(seat, {Kind::submit, chance_values(seat, options_.seed), {}, CheckHtml::no});
  }
  seat.state = limited ? State::waiting : State::staying;
}

void BrowserRun::perform(BotSeat& seat, const BotAction& action) {
  const std::string input = action.values.dump();
  switch (action.kind) {
    case Kind::say:
      if (seat.view.live) return say(seat, action.values);
      return fail(seat, "the bot says something, but the page takes no live messages", input);
    case Kind::time_out:
      if (!time_limit(seat)) {
        return fail(seat, "the bot waits for a timeout, but the page has none", input);
      }
      seat.state = State::waiting;
      return tell_browser(seat, "fill", {{"values", action.values}});
    case Kind::submit:
      if (action.check_html == CheckHtml::yes) {
        const std::string missing = missing_in_html(seat, action.values);
        if (!missing.empty()) return fail(seat, missing, input);
      }
      return submit(seat, action);
    case Kind::must_fail:
      return submit(seat, action);
  }
}

void BrowserRun::submit(BotSeat& seat, BotAction action) {
  const bool wrong = action.kind == Kind::must_fail || action.check_html == CheckHtml::no;
  seat.state = State::asking;
  tell_browser(seat, "submit", {{"values", action.values}, {"wrong", wrong}});
  seat.doing = std::move(action);
}

// As of all that is committed, and has been read. Where a participant sits in an app is settled
// when the session is made.
const PlayerBase& BrowserRun::player(const BotSeat& seat) {
  const Value& session = server_.session;
  for (const Value& stage : session["apps"]) {
    if (stage["app"] != seat.view.app) continue;
    const auto size = stage["group_size"].as<std::size_t>();
    const auto index = stage["first_unit"].as<std::size_t>() + seat.number / size;
    const auto unit = UnitId::of(static_cast<std::uint32_t>(session["number"].as<std::size_t>()),
                                 static_cast<std::uint32_t>(index));
    seats_[seat.number].unit = unit;
    const auto place = static_cast<std::uint32_t>(seat.number % size + 1);
    return shadows_->unit(unit).roster().player(seat.view.ref.round, place);
  }
  throw AppError("the session has no app " + seat.view.app);
}

std::optional<std::chrono::microseconds> BrowserRun::time_limit(const BotSeat& seat) {
  const PageModel& model = page(seat);
  if (model.max_wait) return model.max_wait;
  if (model.group_timeout) return model.group_timeout;
  if (!model.timeout) return std::nullopt;
  return model.timeout(player(seat));
}

}  // namespace rialto::play
