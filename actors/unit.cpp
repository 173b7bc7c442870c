#include "actors/unit.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/errors.h"
#include "actors/template_names.h"

namespace rialto {
namespace {

// How a game says no without throwing: what it has changed is rolled back all the same.
struct Refusal {
  const char* code = nullptr;  // null: it said yes
  std::string message;
};

// oTree believes a page that says its time is up so long before it is (clocks, the way).
constexpr std::int64_t believed_before = 2'000'000;

// The seed of one record's draws (splitmix64, Steele et al. 2014): rolled-back handlers do not
// shift it.
std::uint64_t mix(std::uint64_t seed, std::uint64_t unit, std::uint64_t sequence) {
  std::uint64_t bits = seed ^ (unit * 0x9E3779B97F4A7C15ULL) ^ (sequence * 0xD1B54A32D192ED03ULL);
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

Unit::Unit(AnyApp app, Setup setup)
    : app_(std::move(app)),
      setup_(std::move(setup)),
      pages_(setup_.participants.size()),
      arrived_(setup_.participants.size(), PageRef{0, 0}),
      senders_(setup_.participants.size(), setup_.limits->senders_per_player),
      timers_(setup_.participants.size() + 1) {
  for (int round = 1; round <= app_->rounds; ++round) {
    rounds_.push_back(app_->make_group(static_cast<int>(players())));
    GroupBase& group = *rounds_.back();
    group.attach(step_);
    group.set_round(rounds_, round);
    for (std::size_t seat = 0; seat < players(); ++seat) {
      PlayerBase& player = group.player_base(static_cast<std::int64_t>(seat) + 1);
      player.set_participant_code(setup_.participants[seat]);
      if (seat < app_->roles.size()) player.set_role(app_->roles[seat]);
    }
  }
}

Unit::~Unit() = default;

// -- steps
// -----------------------------------------------------------------------------------------

StepResult Unit::live(std::uint32_t player, PageRef page, const std::string& sender,
                      std::uint64_t number, const Value& data, std::int64_t now) {
  switch (senders_.standing(player, sender, number)) {
    case Senders::Standing::next:
      break;
    case Senders::Standing::repeated:
      return {std::nullopt, senders_.refusal(player, sender, number), {}, {}};
    case Senders::Standing::gap:
      return {std::nullopt,
              "number_gap",
              "send " + std::to_string(number) + " came before the ones it follows",
              {}};
    case Senders::Standing::too_many:
      return {std::nullopt,
              "too_many_senders",
              "this page was loaded too often; please ask the experimenter for help",
              {}};
  }
  Record record = begin(RecordKind::live, player, page, now);
  record.sender = sender;
  record.number = number;
  data.dump_to(record.input);
  if (closed_) return consume_refused(std::move(record), "closed", "the session is closed");
  const PageModel* const model = page_model(page);
  if (model == nullptr || !model->live) {
    return consume_refused(std::move(record), "wrong_page", "that page takes no live messages");
  }
  if (page != page_of(player)) {
    return consume_refused(std::move(record), "stale_page", "you have moved on from that page");
  }
  return run(std::move(record), [&](Record& step) -> Refusal {
    const Reply reply = model->live(seat(player, page), data);
    if (!reply.refusal().empty()) return {"bad_message", reply.refusal()};
    step.replies = resolve(reply, players(), page);
    return {};
  });
}

StepResult Unit::submit(std::uint32_t player, PageRef page, const Value& values, std::int64_t now,
                        bool timed_out) {
  if (page != page_of(player) || past_last(page)) return {};
  const PageModel& model = app_->pages[page.position];
  if (model.wait) return {};
  if (closed_) return {std::nullopt, "closed", "the session is closed", {}};
  const Timer& timer = timers_[player];
  timed_out = timed_out && timer.at != 0 && now >= timer.at - believed_before;
  Record record = begin(RecordKind::submitted, player, page, now);
  if (timed_out) record.code = "timeout";
  values.dump_to(record.input);
  FormErrors errors;
  StepResult result = run(std::move(record), [&](Record& step) -> Refusal {
    PlayerBase& who = seat(player, page);
    const FormOutcome form =
        timed_out ? form_on_timeout(model, who, values) : read_form(model, who, values);
    if (!form.accepted()) {
      errors = form.errors();
      return {"form_refused", errors.text()};
    }
    form.assign(who);
    if (model.before_next_page) model.before_next_page(who, timed_out);
    move(step, player);
    return {};
  });
  result.form_errors = std::move(errors);
  return result;
}

StepResult Unit::arrive(std::uint32_t player, PageRef page, std::int64_t now) {
  if (page != page_of(player) || arrived_[player - 1] == page || past_last(page) || closed_) {
    return {};
  }
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "arrived";
  start_timeouts(record, page);
  finish(record);
  return {std::move(record), {}, {}, {}};
}

StepResult Unit::time_out(std::int64_t now) {
  for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
    if (timers_[timer].at == 0 || now < due(timer)) continue;
    if (timer == 0) return time_out_group(now);
    const auto player = static_cast<std::uint32_t>(timer);
    const PageRef page = timers_[timer].page;
    StepResult result = submit(player, page, Value::object(), now, true);
    if (result.record && page_of(player) != page) return result;
    // Its hook has failed: the time was up once, the page stays to be submitted.
    Record spent = begin(RecordKind::event, player, page, now);
    spent.code = "timeout";
    spent.failed = true;
    spent.deadlines.push_back(Deadline{player, page, 0});
    finish(spent);
    return {std::move(spent), {}, {}, {}};
  }
  return {};
}

StepResult Unit::time_out_group(std::int64_t now) {
  const PageRef page = timers_[0].page;
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "timeout";
  record.deadlines.push_back(Deadline{0, page, 0});
  const PageModel& model = app_->pages[page.position];
  return run(std::move(record), [&](Record& step) -> Refusal {
    if (model.on_timeout) model.on_timeout(*rounds_[page.round - 1]);
    for (std::uint32_t player = 1; player <= players(); ++player) {
      if (page_of(player) == page) move(step, player);
    }
    return {};
  });
}

StepResult Unit::follow_up(std::int64_t now) {
  for (const PageRef page : pages_) {
    if (past_last(page) || !app_->pages[page.position].wait) continue;
    if (stuck_.contains(page) || closed_ || !all_are_at(page)) continue;
    Record record = begin(RecordKind::event, 0, page, now);
    record.code = "all_arrived";
    const PageModel& model = app_->pages[page.position];
    return run(std::move(record), [&](Record& step) -> Refusal {
      if (model.after_all_players_arrive) model.after_all_players_arrive(*rounds_[page.round - 1]);
      for (std::uint32_t player = 1; player <= players(); ++player) {
        if (page_of(player) == page) move(step, player);
      }
      return {};
    });
  }
  return {};
}

StepResult Unit::retry(std::int64_t now) {
  if (stuck_.empty()) return {};
  Record record = begin(RecordKind::event, 0, *stuck_.begin(), now);
  record.code = "retry";
  finish(record);
  return {std::move(record), {}, {}, {}};
}

// Who has gone past a wait page, or does not see it, has been there.
bool Unit::all_are_at(PageRef page) const {
  return std::all_of(pages_.begin(), pages_.end(), [&](PageRef each) { return each >= page; });
}

template <class Effect>
StepResult Unit::run(Record record, Effect&& effect) {
  const std::uint64_t number = record.number != 0 ? record.number : record.sequence;
  const RunningInput input = running(record.player, record.sender, number);
  if (setup_.slots != nullptr && setup_.slots->quarantined(input)) {
    spdlog::error("unit {}: send {} of player {} crashed or hung the game; it is not run again",
                  setup_.id.value, number, record.player);
    return consume_refused(std::move(record), "handler_crashed",
                           "the game crashed on this message; it is not tried again");
  }
  const bool is_event = record.kind == RecordKind::event;
  const std::optional<Record> untouched = is_event ? std::optional(record) : std::nullopt;
  const auto fail = [&](const char* code, std::string_view what, std::string message) {
    step_.roll_back();
    if (*code == 'a') {
      spdlog::error("{}: page {}, group {}, player {}: {} (input: {} bytes)", app_->name,
                    to_string(record.page), setup_.id.index(), record.player, what,
                    record.input.size());
    }
    if (!is_event) return consume_refused(std::move(record), code, std::move(message));
    Record failed = *untouched;
    failed.failed = true;
    finish(failed);
    return StepResult{std::move(failed), code, std::move(message), {}};
  };
  step_.open(record.time, seed_of(record.sequence));
  try {
    const RunningSlots::Guard guard(setup_.slots, input);
    Refusal refusal = effect(record);
    if (refusal.code != nullptr) return fail(refusal.code, {}, std::move(refusal.message));
    collect(record);
  } catch (const BadMessage& bad) {
    return fail("bad_message", bad.what(), bad.what());
  } catch (const std::exception& error) {
    return fail("app_error", error.what(), "the game failed on this message; nothing changed");
  } catch (...) {
    return fail("app_error", "an exception of unknown type",
                "the game failed on this message; nothing changed");
  }
  step_.keep();
  std::move(step_.printed.begin(), step_.printed.end(), std::back_inserter(printed_));
  finish(record);
  return {std::move(record), {}, {}, {}};
}

StepResult Unit::consume_refused(Record record, std::string code, std::string message) {
  Record refused = begin(RecordKind::refused, record.player, record.page, record.time);
  refused.sender = std::move(record.sender);
  refused.number = record.number;
  refused.input = std::move(record.input);
  refused.code = code;
  finish(refused);
  return {std::move(refused), std::move(code), std::move(message), {}};
}

// -- what a step did
// -------------------------------------------------------------------------------

void Unit::collect(Record& record) {
  for (const Column* column : step_.touched) {
    record.changes.push_back({column->owner().object_number(), column->index(), column->to_json()});
  }
  for (Step::Row& row : step_.rows) {
    record.rows.push_back(
        {row.log->owner().object_number(), row.log->index(), std::move(row.json)});
  }
  move_players(record);
  if (!step_.restart_timeout) return;
  const PageModel* const model = page_model(record.page);
  if (model == nullptr || !model->group_timeout) {
    throw AppError("restart_timeout() on a page without a group_timeout");
  }
  const std::int64_t at = record.time + model->group_timeout->count();
  record.deadlines.push_back(Deadline{0, record.page, at});
}

void Unit::move_players(Record& record) {
  for (const Step::Move& wanted : step_.moves) {
    for (std::uint32_t player = 1; player <= players(); ++player) {
      const bool meant = wanted.player == 0 || wanted.player == player;
      if (meant && page_of(player) == record.page) move(record, player);
    }
  }
}

void Unit::move(Record& record, std::uint32_t player) {
  const auto moved_already = [&](const PageMove& move) { return move.player == player; };
  if (std::any_of(record.moves.begin(), record.moves.end(), moved_already)) return;
  PageRef page = page_of(player);
  if (past_last(page)) return;
  ++page.position;
  record.moves.push_back({player, shown_from(player, page)});
}

// The first page from here on that the player sees; past the last one of the last round if none.
PageRef Unit::shown_from(std::uint32_t player, PageRef page) const {
  for (;; ++page.position) {
    if (past_last(page)) {
      if (std::cmp_greater_equal(page.round, rounds_.size())) return page;
      page = {static_cast<std::uint16_t>(page.round + 1), 0};
    }
    const PageModel& model = app_->pages[page.position];
    if (!model.is_displayed || model.is_displayed(seat(player, page))) return page;
  }
}

void Unit::start_timeouts(Record& record, PageRef page) {
  const PageModel& model = app_->pages[page.position];
  if (model.timeout) {
    if (const auto time = model.timeout(seat(record.player, page))) {
      record.deadlines.push_back(Deadline{record.player, page, record.time + time->count()});
    }
  }
  if (!model.group_timeout || timers_[0].at != 0) return;
  for (std::uint32_t player = 1; player <= players(); ++player) {
    if (player != record.player && arrived_[player - 1] != page) return;
  }
  record.deadlines.push_back(Deadline{0, page, record.time + model.group_timeout->count()});
}

std::int64_t Unit::due(std::size_t timer) const {
  if (timer == 0) return timers_[0].at;
  return timers_[timer].at + std::chrono::microseconds(setup_.limits->hand_in).count();
}

std::int64_t Unit::deadline() const {
  std::int64_t next = 0;
  for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
    if (timers_[timer].at != 0 && (next == 0 || due(timer) < next)) next = due(timer);
  }
  return next;
}

Record Unit::begin(RecordKind kind, std::uint32_t player, PageRef page, std::int64_t now) const {
  Record record;
  record.sequence = sequence_ + 1;
  record.kind = kind;
  record.time = std::max(now, last_time_);
  record.player = player;
  record.page = page;
  return record;
}

// Everything a record does to the unit but its columns and logs: the same when it is made and when
// it is read again.
void Unit::finish(const Record& record) {
  sequence_ = record.sequence;
  last_time_ = record.time;
  if (record.number != 0) {
    senders_.consume(record.player, record.sender, record.number, record.code);
  }
  if (record.kind == RecordKind::event && record.code == "arrived") {
    arrived_[record.player - 1] = record.page;
  }
  for (const PageMove& move : record.moves) pages_.at(move.player - 1) = move.page;
  for (const Deadline& deadline : record.deadlines) {
    timers_.at(deadline.player) = {deadline.at, deadline.page};
  }
  if (record.kind == RecordKind::event && record.code == "all_arrived" && record.failed) {
    stuck_.insert(record.page);
  }
  if (record.kind == RecordKind::event && record.code == "retry") stuck_.erase(record.page);
  note_latest(record);
  // The time of a page ends with the page.
  const auto waits = [&](PageRef page) { return page == timers_[0].page; };
  if (timers_[0].at != 0 && std::none_of(pages_.begin(), pages_.end(), waits)) timers_[0] = {};
  for (const PageMove& move : record.moves) {
    if (timers_[move.player].page != move.page) timers_[move.player] = {};
  }
}

// -- looking
// ---------------------------------------------------------------------------------------

PageView Unit::view(std::uint32_t player, std::int64_t now, const Value& submitted,
                    const FormErrors& errors) const {
  PageView view;
  view.app = app_->name;
  view.ref = page_of(player);
  view.record = sequence_;
  const PageModel* const model = page_model(view.ref);
  if (model == nullptr) return view;
  view.page = model->name;
  view.live = static_cast<bool>(model->live);
  view.replay = model->history == History::replay;
  const RunningInput input = running(player, "view", sequence_);
  if (setup_.slots != nullptr && setup_.slots->quarantined(input)) {
    throw AppError("the page's hooks crashed or hung");
  }
  const RunningSlots::Guard guard(setup_.slots, input);
  const PlayerBase& who = seat(player, view.ref);
  who.step().look(std::max(now, last_time_));
  view.js_vars = model->js_vars ? model->js_vars(who) : Value::object();
  view.vars = template_names(*app_, who);
  if (model->vars_for_template) view.vars.update(model->vars_for_template(who));
  if (!model->form.empty() || !errors.empty()) {
    view.form = describe_form(*model, who, submitted, errors);
  }
  view.wait = model->wait;
  view.title_text = model->title_text;
  view.body_text = model->body_text;
  view.timer_text = model->timer_text;
  if (const std::int64_t at = timers_[player].at) view.left = std::max<std::int64_t>(0, at - now);
  return view;
}

PlayerBase& Unit::seat(std::uint32_t player, PageRef page) const {
  return rounds_[page.round - 1]->player_base(player);
}

const PageModel* Unit::page_model(PageRef page) const {
  if (page.round < 1 || std::cmp_greater(page.round, rounds_.size()) || past_last(page)) {
    return nullptr;
  }
  return &app_->pages[page.position];
}

std::uint64_t Unit::seed_of(std::uint64_t sequence) const {
  return mix(setup_.seed, setup_.id.value, sequence);
}

RunningInput Unit::running(std::uint32_t player, const std::string& sender,
                           std::uint64_t number) const {
  return {setup_.id, player, sender, number};
}

Model& Unit::object(std::uint32_t number) const {
  const std::size_t each = players() + 1;
  GroupBase& group = *rounds_.at(number / each);
  if (number % each == 0) return group;
  return group.player_base(static_cast<std::int64_t>(number % each));
}

std::vector<std::string> Unit::take_printed() { return std::exchange(printed_, {}); }

}  // namespace rialto
