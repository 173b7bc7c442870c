// What a unit does though nobody comes: times that are up, people who go on, rest.
#include <algorithm>

#include "actors/group_batch.h"
#include "storage/keys.h"

namespace rialto {

// -- what it has to do by itself
// -------------------------------------------------------------------

// Is there something that must go on though nobody comes?
bool GroupActor::must_wake() const {
  return health_ && (unit_.deadline() != 0 || unit_.is_stuck() || !leaving_.empty());
}

void GroupActor::on_retry() {
  ++activity_;
  ++from_directory_;
  if (health_) {
    while (unit_.is_stuck()) add(*unit_.retry(now()).record);
    follow_up();
    request_flush();
  }
  answer_when_committed([this] { send(setup_.directory, retry_atom::value, unit_.id()); });
}

// The experimenter may know once it is durable.
void GroupActor::tell_if_stuck() {
  if (unit_.is_stuck() == told_stuck_) return;
  told_stuck_ = unit_.is_stuck();
  answer_when_committed([this, stuck = told_stuck_] {
    send(setup_.directory, stuck_atom::value, unit_.id(), stuck);
  });
}

// -- time
// ------------------------------------------------------------------------------------------

// One timer stands at a time: a deadline that moved on is armed again when the timer runs.
void GroupActor::arm_deadline() {
  note_timed(unit_.deadline() != 0);
  if (unit_.deadline() == 0) return;
  if (armed_deadline_ != 0 && armed_deadline_ <= unit_.deadline()) return;
  armed_deadline_ = unit_.deadline();
  const auto wait = std::max<std::int64_t>(0, armed_deadline_ - now());
  delayed_send(this, std::chrono::microseconds(wait), deadline_atom::value);
}

void GroupActor::note_outage() {
  if (setup_.outages == nullptr || !health_ || unit_.deadline() == 0) return;
  OutageSpan outage = setup_.outages->check();
  outage.from += ahead_;
  outage.until += ahead_;
  StepResult moved = unit_.outage(outage, now());
  done(moved);
}

void GroupActor::note_timed(bool timed) {
  if (setup_.outages == nullptr || timed == is_timed_) return;
  is_timed_ = timed;
  setup_.outages->timed(timed);
}

// The timeouts that are due: a live message that comes after them finds them done.
void GroupActor::on_deadline() {
  if (!health_ || unit_.deadline() == 0) return;
  note_outage();
  const std::int64_t time = now();
  if (unit_.deadline() > time) return;
  ++activity_;
  for (;;) {
    StepResult result = unit_.time_out(time);
    if (!result.record) break;
    done(result);
  }
  request_flush();
  arm_rest();
}

void GroupActor::arm_rest() {
  if (rest_armed_ || !listeners_.empty()) return;
  rest_armed_ = true;
  delayed_send(this, setup_.unit.limits->rest, rest_atom::value);
  activity_ = 0;
}

void GroupActor::on_rest() {
  rest_armed_ = false;
  if (!listeners_.empty() || unit_.deadline() != 0 || !leaving_.empty()) return;
  const bool busy = activity_ != 0 || in_flight_ || open_ || !closed_batches_.empty();
  if (busy) return arm_rest();
  if (health_ && unit_.sequence() - snapshot_at_ >= snapshot_at_rest) {
    auto batch = std::make_unique<Batch>();
    batch->due = is_due_;
    add_snapshot(*batch);
    submit(std::move(batch));
    return arm_rest();
  }
  send(setup_.directory, rest_atom::value, unit_.id(), from_directory_);
  arm_rest();
}

}  // namespace rialto
