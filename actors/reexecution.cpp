#include "actors/reexecution.h"

#include "actors/record_difference.h"
#include "actors/stored_value.h"

namespace rialto {

namespace {

// Records of before personal data stood apart (rules.md 20) are not marked.
void take_marks_off(Record& record) {
  record.personal = false;
  record.concerns.clear();
  for (Change& change : record.changes) change.personal_of.reset();
}

}  // namespace

Reexecution::Reexecution(std::unique_ptr<Unit> unit, Builds builds, Redacted redacted)
    : unit_(std::move(unit)), builds_(builds), redacted_(redacted) {}

Result<void> Reexecution::begin(const Record& stored, const Record& anew) {
  if (auto applied = apply(stored); !applied) return applied;
  missing_ += stored.redacted;
  if (!own_build_ || stands(stored)) {
    ++taken_;
  } else {
    compare(stored, anew);
  }
  return {};
}

void Reexecution::compare(const Record& stored, Record anew) {
  if (anew.personal && !stored.personal) take_marks_off(anew);
  if (stored == anew) {
    ++same_;
  } else {
    difference_ = difference_of(stored, anew, unit_->roster());
  }
}

Result<void> Reexecution::take(const Record& stored) {
  missing_ += stored.redacted;
  if (difference_) return {};
  if (stored.redacted > 0 && redacted_ == Redacted::no) {
    difference_ = difference_of(stored, stored, unit_->roster());
    return {};
  }
  if (stands(stored)) {
    ++taken_;
    return apply(stored);
  }
  unit_->see_session_as(stored);
  compare(stored, play(stored).record.value_or(Record{}));
  unit_->note_durable(stored.sequence);
  return {};
}

Result<void> Reexecution::apply(const Record& stored) {
  if (auto applied = unit_->apply(stored); !applied) return applied;
  if (stored.kind == RecordKind::created || stored.kind == RecordKind::described) {
    own_build_ = builds_ == Builds::any || unit_->is_described_by_this_build();
  }
  return {};
}

// A handler that crashed would crash again; one that threw at an event may have crashed, too.
bool Reexecution::stands(const Record& stored) const {
  const bool unheard = stored.code == "handler_crashed" || stored.code == "closed";
  // Nor does a refused submit say whether its time was up.
  const bool submit_threw = stored.kind == RecordKind::refused && stored.number == 0 &&
                            (stored.code == "app_error" || stored.code == "bad_message");
  // What it came from may not be there any more.
  const bool unknown = redacted_ == Redacted::yes && stored.personal;
  return !own_build_ || unknown || stored.failed || stored.kind == RecordKind::described ||
         (stored.kind == RecordKind::refused && unheard) || submit_threw;
}

StepResult Reexecution::play(const Record& stored) {
  if (stored.kind == RecordKind::event) return play_event(stored);
  const Value input = read_stored(stored.input);
  if (stored.number == 0 && stored.code == "advanced") {
    unit_->keep_draft(stored.player, stored.page, 0, input);
    return unit_->advance(stored.player, stored.time);
  }
  if (stored.number == 0) {
    return unit_->submit(stored.player, stored.page, input, stored.time, stored.code == "timeout");
  }
  return unit_->live(stored.player, stored.page, stored.sender, stored.number, input, stored.time);
}

StepResult Reexecution::play_event(const Record& stored) {
  const std::string& code = stored.code;
  const std::int64_t now = stored.time;
  if (code == "away" && stored.input == "advanced") return unit_->advance(stored.player, now);
  if (code == "dropped") return unit_->drop(stored.player, now);
  if (code == "arrived") return unit_->arrive(stored.player, stored.page, now);
  if (code == "entered") {
    return unit_->enter(stored.player, read_stored(stored.input), now);
  }
  if (code == "hidden") return unit_->pass_hidden(stored.player, now);
  if (code == "passed_by") return unit_->pass_by(stored.player, now);
  if (code == "present" || code == "absent") {
    return unit_->presence(stored.player, code == "present", now);
  }
  const bool by_time =
      code == "timeout" || code == "waited_too_long" || code == "ask_again" || code == "away";
  if (by_time) return unit_->time_out(now);
  if (code == "all_arrived" || code == "grouped") return unit_->follow_up(now);
  if (code == "outage") return unit_->outage({now - std::stoll(stored.input), now}, now);
  if (code == "reopened") return unit_->reopen({now - std::stoll(stored.input), now}, now);
  if (code == "retry") return unit_->retry(now);
  return {};
}

}  // namespace rialto
