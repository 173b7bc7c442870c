// How what a unit does becomes durable, and then leaves it: one way (rules.md 3).
#include <algorithm>

#include "actors/group_batch.h"
#include "actors/printed.h"
#include "storage/keys.h"
#include "storage/personal_part.h"

namespace rialto {

GroupActor::Batch& GroupActor::open_batch() {
  if (!open_) open_ = std::make_unique<Batch>();
  return *open_;
}

void GroupActor::done(StepResult& result) {
  if (!result.record) return;
  add(*std::move(result.record));
  follow_up();
}

void GroupActor::follow_up() {
  for (;;) {
    StepResult next = unit_.follow_up(now());
    if (!next.record || !health_) return;
    add(*std::move(next.record));
  }
}

void GroupActor::add(Record record) {
  if (!health_) return;
  const Limits& limits = *setup_.unit.limits;
  Batch& batch = open_batch();
  chain_.append(record, batch.block);
  if (holds_personal(record)) batch.writes.push_back(personal_write(unit_.id(), record));
  if (const Change* const change = unit_.session_writes(record)) {
    write_session(batch, record.sequence, change->value);
  }
  note_why_stuck(batch, record);
  tell_times(record, batch.release());
  tell_bereft(record, batch.release());
  batch.add(record);
  if (batch.steps >= limits.batch_steps || batch.block.size() >= limits.batch_bytes) close_batch();
  arm_deadline();
  for (const LetGo& gone : record.let_go) hand_over(gone);
  if (unit_.is_stuck() != told_stuck_) tell_if_stuck();
}

void GroupActor::note_why_stuck(Batch& batch, const Record& record) const {
  const bool ends = told_stuck_ && !unit_.is_stuck();
  if (!record.failed && !ends) return;
  batch.writes.push_back({keys::why_stuck(unit_.id()), ends ? "" : unit_.why_stuck(), ends});
}

// In the record's own commit, so that it is in the session's values once, whatever ends meanwhile.
void GroupActor::write_session(Batch& batch, std::uint64_t record, const std::string& writes) {
  batch.writes.push_back({keys::session_write(unit_.id(), record), writes});
  const SessionWritten written{unit_.id(), record, writes};
  answer_when_committed([this, written] { send(setup_.directory, written); });
}

void GroupActor::close_batch() {
  open_->due = health_ ? must_wake() : is_due_;
  closed_batches_.push_back(std::move(open_));
}

// A group's time that is set anew is told to who looks at the page; the last word counts.
void GroupActor::tell_times(const Record& record, Release& release) const {
  for (const Deadline& deadline : record.deadlines) {
    if (!unit_.is_of_group(deadline) || deadline.at == 0) continue;
    TimeSet set{deadline.page, unit_.audience(deadline), deadline.at - record.time};
    std::erase_if(release.times, [&](const TimeSet& before) {
      return before.page == set.page && before.receivers == set.receivers;
    });
    release.times.push_back(std::move(set));
  }
}

void GroupActor::request_flush() {
  if (flush_requested_ || in_flight_ || (!open_ && closed_batches_.empty())) return;
  flush_requested_ = true;
  send(this, flush_atom::value);
}

void GroupActor::flush() {
  if (in_flight_) return;
  if (closed_batches_.empty() && open_) close_batch();
  if (closed_batches_.empty()) return;
  std::unique_ptr<Batch> batch = std::move(closed_batches_.front());
  closed_batches_.pop_front();
  submit(std::move(batch));
}

void GroupActor::submit(std::unique_ptr<Batch> batch) {
  Release& release = batch->release();
  release.unit = unit_.id();
  if (batch->steps == 0) {
    release.upto = committed_;
    release.time = committed_time_;
  }
  for (const auto& [gateway, listeners] : gateways_) batch->gateways.push_back(gateway);
  if (batch->steps != 0) {
    batch->writes.push_back({keys::records(unit_.id(), release.upto), std::move(batch->block)});
    history_.remember(batch->shared_release());
  }
  if (release.upto == unit_.sequence() &&
      release.upto - snapshot_at_ >= setup_.unit.limits->snapshot_every) {
    add_snapshot(*batch);
  }
  write_due(*batch);
  log_printed(unit_.take_printed());
  batch->unit = this;
  in_flight_ = true;
  setup_.commits->submit(std::move(batch));
}

// Only when it has changed: a live message costs no key for it.
void GroupActor::write_due(Batch& batch) {
  if (batch.due == is_due_) return;
  is_due_ = batch.due;
  batch.writes.push_back({keys::due(unit_.id()), {}, !is_due_});
}

void GroupActor::add_snapshot(Batch& batch) {
  batch.writes.push_back({keys::snapshot(unit_.id()), unit_.snapshot()});
  snapshot_at_ = unit_.sequence();
}

void GroupActor::on_committed(std::uint64_t upto, std::int64_t time) {
  in_flight_ = false;
  committed_ = std::max(committed_, upto);
  committed_time_ = std::max(committed_time_, time);
  unit_.note_durable(committed_);
  while (!waiting_.empty() && waiting_.front().record <= committed_) {
    waiting_.front().answer();
    waiting_.pop_front();
  }
  // Only now: what this batch lets out must not overtake the answers above.
  flush();
}

void GroupActor::answer_when_committed(std::function<void()> answer) {
  const std::uint64_t newest = chain_.newest();
  if (newest <= committed_) return answer();
  waiting_.push_back({newest, std::move(answer)});
  request_flush();
}

}  // namespace rialto
