// Which page a player is on, what comes next, and what the page shows.
#include <algorithm>

#include "actors/errors.h"
#include "actors/template_names.h"
#include "actors/unit.h"

namespace rialto {

void Unit::move_players(Record& record) {
  for (const Step::Move& wanted : step_.moves) {
    if (page_of(wanted.seat) == record.page) move(record, wanted.seat);
  }
}

void Unit::move(Record& record, std::uint32_t player) {
  const auto moved_already = [&](const PageMove& move) { return move.player == player; };
  if (std::any_of(record.moves.begin(), record.moves.end(), moved_already)) return;
  PageRef page = page_of(player);
  const PageModel* const model = page_model(page);
  if (model == nullptr) return;
  const std::string app = next_app(player, page);
  ++page.position;
  const bool leaves = !app.empty() || app_->is_exit(model->name);
  move_to(record, player, leaves ? past_all() : shown_from(player, page), app);
}

// The app the page's hook names; "": none.
std::string Unit::next_app(std::uint32_t player, PageRef page) const {
  const auto& hook = page_model(page)->app_after_this_page;
  std::string app = hook ? hook(seat(player, page), setup_.apps_after) : std::string();
  const auto& known = setup_.apps_after;
  if (!app.empty() && std::find(known.begin(), known.end(), app) == known.end()) {
    throw AppError("app_after_this_page of " + page_model(page)->name + " gives \"" + app +
                   "\", which is no app that follows in this session");
  }
  return app;
}

void Unit::move_to(Record& record, std::uint32_t player, PageRef page, const std::string& app) {
  record.moves.push_back({player, page});
  allow_grace(record, player, page);
  if (page != past_all() || setup_.apps_after.empty()) return;
  record.let_go.push_back({player, app.empty() ? setup_.apps_after.front() : app});
}

// The first page from here on that the player sees; past the last one of the last round if none.
PageRef Unit::shown_from(std::uint32_t player, PageRef page) const {
  for (;; ++page.position) {
    if (past_last(page)) {
      if (std::cmp_greater_equal(page.round, roster_.rounds())) return past_all();
      page = {static_cast<std::uint16_t>(page.round + 1), 0};
    }
    if (is_shown(player, page)) return page;
  }
}

bool Unit::is_shown(std::uint32_t player, PageRef page) const {
  const PageModel& model = app_->pages[page.position];
  if (app_->is_exit(model.name)) return false;
  const PlayerBase& who = seat(player, page);
  // A group that was made once is kept, unless each round has its own: then nobody has one yet.
  if (model.group_by_arrival_time && page.round > 1 && who.has_group()) return false;
  return !model.is_displayed || model.is_displayed(who);
}

StepResult Unit::pass_hidden(std::uint32_t player, std::int64_t now) {
  const PageRef page = page_of(player);
  const PageModel* const model = page_model(page);
  const bool may_be = model != nullptr && model->is_displayed && !model->wait && !closed_;
  if (!may_be || is_still_shown(player, page, now)) return {};
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "hidden";
  return run(std::move(record), [&](Record& step) -> Refusal {
    // Asked once more where the step sees whether that has to do with something personal.
    (void)model->is_displayed(seat(player, page));
    PageRef next = page;
    ++next.position;
    move_to(step, player, shown_from(player, next), {});
    return {};
  });
}

// A hook that fails hides nothing: to show the page says what is wrong.
bool Unit::is_still_shown(std::uint32_t player, PageRef page, std::int64_t now) {
  const RunningInput input = running(player, page, "view");
  if (app_->is_exit(page_model(page)->name) || !refusal(input).empty()) return true;
  try {
    const RunningSlots::Guard guard(setup_.slots, input);
    step_.look(std::max(now, last_time_));
    return page_model(page)->is_displayed(seat(player, page));
  } catch (...) {
    return true;
  }
}

PageRef Unit::past_all() const {
  return {static_cast<std::uint16_t>(roster_.rounds()),
          static_cast<std::uint16_t>(app_->pages.size())};
}

void Unit::note_moves(const Record& record) {
  for (const LetGo& gone : record.let_go) let_go_.at(gone.player - 1) = gone.to_app;
  for (const PageMove& move : record.moves) {
    const auto left = waiting_.find(page_of(move.player));
    if (left != waiting_.end() && std::erase(left->second, move.player) != 0 &&
        left->second.empty()) {
      waiting_.erase(left);
    }
    pages_.at(move.player - 1) = move.page;
    drafts_.erase(move.player);
    senders_.leave_page(move.player, record.time);
    waits_[move.player - 1] = false;
    since_[move.player - 1] = record.time;
    if (record.kind != RecordKind::created) wait_at(move.player, move.page);
    roster_.participant(move.player).set_here(is_here(move.player));
  }
  for (const PageMove& move : record.moves) {
    for (const auto& [page, players] : waiting_) {
      to_check_.insert({page, holder_of(move.player, page)});
    }
  }
}

// Who begins the app on a wait page is there when a browser has shown it; all others when they have
// moved to it.
void Unit::wait_at(std::uint32_t player, PageRef page) {
  const PageModel* const model = page_model(page);
  if (model == nullptr || !model->wait || waits_[player - 1]) return;
  waits_[player - 1] = true;
  waiting_[page].push_back(player);
  to_check_.insert({page, holder_of(player, page)});
}

std::vector<LetGo> Unit::let_go() const {
  std::vector<LetGo> all;
  for (std::uint32_t player = 1; player <= players(); ++player) {
    if (has_let_go(player)) all.push_back({player, let_go_[player - 1]});
  }
  return all;
}

PlayerBase& Unit::seat(std::uint32_t player, PageRef page) const {
  return roster_.player(page.round, player);
}

const PageModel* Unit::page_model(PageRef page) const {
  if (page.round < 1 || page.round > roster_.rounds() || past_last(page)) return nullptr;
  return &app_->pages[page.position];
}

PageView Unit::view(std::uint32_t player, std::int64_t now, const Value& submitted,
                    const FormErrors& errors) const {
  PageView view;
  view.app = app_->name;
  view.ref = page_of(player);
  view.record = sequence_;
  view.time = last_time_;
  const PageModel* const model = page_model(view.ref);
  if (model == nullptr) {  // what is said at the end is said in the session's language
    const Value* const config = roster_.session().values.get();
    view.vars = {{"session", {{"config", config != nullptr ? *config : Value::object()}}}};
    return view;
  }
  view.page = model->name;
  view.live = static_cast<bool>(model->live);
  view.replay = model->history == History::replay;
  const RunningInput input = running(player, view.ref, "view");
  if (const std::string why = refusal(input); !why.empty()) throw HookClosed(why);
  const RunningSlots::Guard guard(setup_.slots, input);
  const PlayerBase& who = seat(player, view.ref);
  who.step().look(std::max(now, last_time_));
  view.js_vars = model->js_vars ? model->js_vars(who) : Value::object();
  view.vars = template_names(*app_, *model, who);
  if (model->wait) {
    view.vars.set("title_text", model->title_text);
    view.vars.set("body_text", model->body_text);
  }
  if (model->vars_for_template) view.vars.update(model->vars_for_template(who));
  if (!model->form.empty() || !errors.empty()) {
    view.form = describe_form(*model, who, submitted, errors);
  }
  view.chats = chats_.seen_by(player, group_channel(player, view.ref));
  view.bereft = has_lost_somebody(player, view.ref);
  view.wait = model->wait;
  view.title_text = model->title_text;
  view.body_text = model->body_text;
  view.timer_text = model->timer_text;
  view.left = time_left(player, now);
  view.timed = view.left || (model->group_timeout && !model->wait);
  return view;
}

}  // namespace rialto
