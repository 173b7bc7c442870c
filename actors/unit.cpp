#include "actors/unit.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/errors.h"

namespace rialto {
namespace {

// How a game says no without throwing: what it has changed is rolled back all the same.
struct Refusal {
  const char* code = nullptr;  // null: it said yes
  std::string message;
};

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
      group_(app_->make_group(static_cast<int>(setup_.participants.size()))),
      pages_(setup_.participants.size()),
      arrived_(setup_.participants.size(), PageRef{0, 0}),
      senders_(setup_.participants.size(), setup_.limits->senders_per_player) {
  group_->attach(step_);
  for (std::size_t seat = 0; seat < setup_.participants.size(); ++seat) {
    group_->player_base(static_cast<std::int64_t>(seat) + 1)
        .set_participant_code(setup_.participants[seat]);
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
      return {std::nullopt, senders_.refusal(player, sender, number), {}};
    case Senders::Standing::gap:
      return {std::nullopt, "number_gap",
              "send " + std::to_string(number) + " came before the ones it follows"};
    case Senders::Standing::too_many:
      return {std::nullopt, "too_many_senders",
              "this page was loaded too often; please ask the experimenter for help"};
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
    const Reply reply = model->live(group_->player_base(player), data);
    if (!reply.refusal().empty()) return {"bad_message", reply.refusal()};
    step.replies = resolve(reply, players(), page);
    return {};
  });
}

StepResult Unit::submit(std::uint32_t player, PageRef page, const Value& values, std::int64_t now) {
  if (page != page_of(player) || past_last(page)) return {};
  Record record = begin(RecordKind::submitted, player, page, now);
  values.dump_to(record.input);
  if (closed_) return {std::nullopt, "closed", "the session is closed"};
  const PageModel& model = app_->pages[page.position];
  return run(std::move(record), [&](Record& step) -> Refusal {
    PlayerBase& seat = group_->player_base(player);
    if (model.error_message) {
      std::string refusal = model.error_message(seat, values);
      if (!refusal.empty()) return {"form_refused", std::move(refusal)};
    }
    if (model.before_next_page) model.before_next_page(seat);
    move(step, player);
    return {};
  });
}

StepResult Unit::arrive(std::uint32_t player, PageRef page, std::int64_t now) {
  if (page != page_of(player) || arrived_[player - 1] == page || past_last(page) || closed_) {
    return {};
  }
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "arrived";
  start_timeout_if_complete(record, page);
  finish(record);
  return {std::move(record), {}, {}};
}

StepResult Unit::time_out(std::int64_t now) {
  if (deadline_ == 0 || now < deadline_) return {};
  const PageRef page = deadline_page_;
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "timeout";
  record.deadlines.push_back(Deadline{0, page, 0});
  const PageModel& model = app_->pages[page.position];
  return run(std::move(record), [&](Record& step) -> Refusal {
    if (model.on_timeout) model.on_timeout(*group_);
    for (std::uint32_t player = 1; player <= players(); ++player) {
      if (page_of(player) == page) move(step, player);
    }
    return {};
  });
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
    return StepResult{std::move(failed), code, std::move(message)};
  };
  step_.open(record.time, mix(setup_.seed, setup_.id.value, record.sequence));
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
  return {std::move(record), {}, {}};
}

StepResult Unit::consume_refused(Record record, std::string code, std::string message) {
  Record refused = begin(RecordKind::refused, record.player, record.page, record.time);
  refused.sender = std::move(record.sender);
  refused.number = record.number;
  refused.input = std::move(record.input);
  refused.code = code;
  finish(refused);
  return {std::move(refused), std::move(code), std::move(message)};
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
  if (deadline_ != 0) {
    set_deadline(record, record.page, record.time + model->group_timeout->count());
  }
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
  record.moves.push_back({player, page});
}

void Unit::set_deadline(Record& record, PageRef page, std::int64_t at) {
  record.deadlines.push_back(Deadline{0, page, at});
}

void Unit::start_timeout_if_complete(Record& record, PageRef page) {
  const PageModel& model = app_->pages[page.position];
  if (!model.group_timeout || deadline_ != 0) return;
  for (std::uint32_t player = 1; player <= players(); ++player) {
    if (player != record.player && arrived_[player - 1] != page) return;
  }
  set_deadline(record, page, record.time + model.group_timeout->count());
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
    deadline_ = deadline.at;
    deadline_page_ = deadline.page;
  }
  note_latest(record);
  const auto waits = [&](PageRef page) { return page == deadline_page_; };
  if (deadline_ != 0 && std::none_of(pages_.begin(), pages_.end(), waits)) deadline_ = 0;
}

// -- looking
// ---------------------------------------------------------------------------------------

PageView Unit::view(std::uint32_t player) const {
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
  const PlayerBase& seat = group_->player_base(player);
  view.js_vars = model->js_vars ? model->js_vars(seat) : Value::object();
  view.vars = model->vars_for_template ? model->vars_for_template(seat) : Value::object();
  return view;
}

const PageModel* Unit::page_model(PageRef page) const {
  if (page.round != 1 || past_last(page)) return nullptr;
  return &app_->pages[page.position];
}

RunningInput Unit::running(std::uint32_t player, const std::string& sender,
                           std::uint64_t number) const {
  return {setup_.id, player, sender, number};
}

Model& Unit::object(std::uint32_t number) const {
  if (number == 0) return *group_;
  return group_->player_base(number);
}

std::vector<std::string> Unit::take_printed() { return std::exchange(printed_, {}); }

}  // namespace rialto
