// The part of a BrowserRun that sees pages and submits them.
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
  seat.state = State::waiting;
  if (seat.view.wait && !seat.view.live) return;
  if (auto read = read_all(); !read) return fail(seat, read.error().message);
  if (!plan(seat)) return;
  seat.state = State::talking;
  if (!seat.view.live) act(seat);
}

void BrowserRun::after_refusal(BotSeat& seat, const Value& event) {
  std::string why = event["error"].as<std::string>();
  for (const Value& error : event["field_errors"]) why += " " + error.as<std::string>();
  if (why.empty()) {
    return fail(seat, "the page was submitted, but stays", seat.doing->values.dump());
  }
  const auto wrong = event["wrong_fields"].as<std::vector<std::string>>();
  if (!was_meant(seat, event["by_form"].as<bool>(), wrong, why)) return;
  seat.state = State::talking;
  if (!seat.view.live) act(seat);
}

void BrowserRun::let_time_out(BotSeat& seat, const BotAction& action) {
  seat.state = State::waiting;
  tell_browser(seat, "fill", {{"values", action.values}});
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
