// The part of a BotRun that shows pages and submits them.
#include "apps/play/bot_run.h"

namespace rialto::play {
namespace {

using Kind = BotAction::Kind;

// What the browser adds to what is filled in.
Value with_hidden(const load::PageForm& form, const Value& values) {
  Value all = Value::object();
  for (const load::PageInput& input : form.inputs) {
    const bool ours = input.name == "rialto_pending" || input.name == "timeout_happened";
    if (input.kind == load::PageInput::Kind::hidden && !ours) all.set(input.name, input.value);
  }
  return all.update(values);
}

// The names of the fields that were refused, and the reasons in one line.
struct Refused {
  explicit Refused(const PageView& view) {
    if (view.form.is_null()) return;
    by_form = !view.form["errors"].empty();
    for (const Value& field : view.form["fields"]) {
      if (!field["errors"].empty()) fields.push_back(field["name"].as<std::string>());
    }
    by_form = by_form || !fields.empty();
  }
  bool by_form = false;
  std::vector<std::string> fields;
};

}  // namespace

void BotRun::ask_page(BotSeat& seat) {
  leave(seat);
  seat.state = State::asking;
  world_->actors().open_page({seat.number + 1, seat.code});
}

void BotRun::show(BotSeat& seat, PageView view) {
  leave(seat);
  seat.view = std::move(view);
  seat.shown_at = world_->now();
  ++seat.pages;
  ++report_.pages;
  if (render(seat)) join(seat);
}

// Its connection stands: from here on it is known who sits where.
void BotRun::begin_page(BotSeat& seat) {
  seat.state = State::waiting;
  if (seat.view.wait && !seat.view.live) return;
  if (plan(seat)) seat.state = seat.view.live ? State::talking : State::ready;
}

bool BotRun::render(BotSeat& seat) {
  try {
    seat.html = content_.page(seat.code, seat.view);
  } catch (const std::exception& error) {
    fail(seat, error.what());
    return false;
  }
  seat.form = load::read_page_form(seat.html).value_or(load::PageForm());
  return true;
}

bool BotRun::has_time_limit(const BotSeat& seat) {
  return seat.view.left.has_value() || page(seat).group_timeout.has_value();
}

void BotRun::let_time_out(BotSeat& seat, const BotAction&) {
  seat.state = State::waiting;
  if (!seat.view.left || !seat.view.left->own) return;
  seat.due = seat.shown_at + seat.view.left->left;
  seat.state = State::timing;
}

void BotRun::submit(BotSeat& seat, BotAction action, bool timed_out) {
  SubmitPage submit;
  submit.request = seat.number + 1;
  submit.participant = seat.code;
  submit.app = seat.view.app;
  submit.page = seat.view.ref;
  submit.values = with_hidden(seat.form, action.values);
  submit.timed_out = timed_out;
  seat.state = State::asking;
  seat.doing = std::move(action);
  world_->actors().submit_page(std::move(submit));
}

// The answer to a submit, or to the question which page comes now.
void BotRun::after_submit(BotSeat& seat, PageAnswer& answer) {
  const bool at_end = answer.status == PageStatus::finished;
  const bool refused = !at_end && !answer.view.form_error.empty();
  if (seat.doing) {
    const std::string input = seat.doing->values.dump();
    if (refused) return after_refusal(seat, std::move(answer.view));
    if (seat.doing->kind == Kind::must_fail) {
      return fail(seat, "this was to be refused, but was taken", input);
    }
    if (!at_end && answer.view.ref == seat.view.ref && answer.view.app == seat.view.app) {
      return fail(seat, "the page was submitted, but stays", input);
    }
    ++report_.submits;
    seat.doing.reset();
    if (!at_end) return ask_page(seat);  // as a browser follows the redirect
  }
  if (!at_end) return show(seat, std::move(answer.view));
  leave(seat);
  seat.state = State::finished;
}

void BotRun::after_refusal(BotSeat& seat, PageView view) {
  const Refused refused(view);
  if (!was_meant(seat, refused.by_form, refused.fields, view.form_error)) return;
  // Shown with its errors, as the participant sees it.
  seat.view = std::move(view);
  if (!render(seat)) return;
  seat.state = seat.view.live ? State::talking : State::ready;
}

}  // namespace rialto::play
