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

// A deadline that moved on is armed again when the alarm runs; one that came nearer moves the
// alarm. It is a timeout of CAF's for the answer to a request that nobody was sent: of these, one
// number stands once in the clock, however often it is set; a delayed message cannot be taken back.
void GroupActor::arm_deadline(std::chrono::microseconds pause) {
  if (!health_) return;
  const bool timed = !setup_.closed && unit_.deadline() != 0;
  note_timed(timed);
  if (!timed) return;
  if (armed_deadline_ != 0 && armed_deadline_ <= unit_.deadline()) return;
  if (armed_deadline_ == 0) {
    const auto ring = [this] {
      armed_deadline_ = 0;
      const std::uint64_t before = unit_.sequence();
      on_deadline();
      // What is due and does not end is no reason to spin.
      const bool in_vain = unit_.sequence() == before;
      arm_deadline(std::chrono::seconds(in_vain ? 1 : 0));
    };
    add_multiplexed_response_handler(
        alarm_, caf::behavior{[ring](const caf::error&) { ring(); }, [ring](caf::sec) { ring(); }});
  }
  armed_deadline_ = unit_.deadline();
  const std::chrono::microseconds left(armed_deadline_ - now());
  const auto wait = left.count() > 0 ? left : std::max(pause, std::chrono::microseconds(0));
  clock().cancel_request_timeout(this, alarm_);
  clock().set_request_timeout(clock().now() + wait, this, alarm_);
}

void GroupActor::cancel_alarm() { clock().cancel_timeouts(this); }

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
  if (!health_ || setup_.closed || unit_.deadline() == 0) return;
  note_outage();
  const std::int64_t time = now();
  if (unit_.deadline() > time) return;
  ++activity_;
  for (;;) {
    StepResult result = unit_.time_out(time);
    if (!result.record || !health_) break;
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
  const bool timed = !setup_.closed && unit_.deadline() != 0;
  if (!listeners_.empty() || timed || !leaving_.empty()) return;
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
