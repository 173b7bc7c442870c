#include "actors/group_actor.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/errors.h"
#include "storage/keys.h"

namespace rialto {

// The records of one commit, and what may be said once they are durable.
class GroupActor::Batch final : public Commit {
 public:
  void committed() noexcept override {
    if (!release_->deliveries.empty() || !release_->outcomes.empty() || !release_->moves.empty() ||
        !release_->times.empty()) {
      const ReleasePtr release = release_;
      for (const caf::actor& gateway : gateways) caf::anon_send(gateway, release);
    }
    caf::anon_send(unit, committed_atom::value, release_->upto);
  }

  // Takes what a record says out of it; its bytes were encoded before.
  void add(Record& record) {
    for (StoredReply& reply : record.replies) {
      if (reply.retention == Retention::latest && reply.payload == "null") continue;  // key is over
      release_->deliveries.push_back({record.sequence, record.time, reply.page,
                                      std::move(reply.receivers), reply.retention,
                                      std::move(reply.key), std::move(reply.payload)});
    }
    for (PageMove& move : record.moves) release_->moves.push_back(move);
    release_->upto = record.sequence;
    ++steps;
  }
  Release& release() { return *release_; }
  ReleasePtr shared_release() const { return release_; }

  std::string block;  // encoded records, one after the other
  std::size_t steps = 0;
  bool due = false;  // does the unit have something to do by itself after these records?
  std::vector<caf::actor> gateways;
  caf::actor unit;

 private:
  std::shared_ptr<Release> release_ = std::make_shared<Release>();
};

GroupActor::GroupActor(caf::actor_config& config, Setup setup)
    : caf::event_based_actor(config),
      setup_(std::move(setup)),
      unit_(setup_.app, setup_.unit),
      history_(*setup_.store, *setup_.unit.limits, unit_),
      health_(recover()) {
  if (!health_) {
    spdlog::error("unit {} cannot be played: {}", unit_.id().value, health_.error().message);
  }
}

GroupActor::~GroupActor() = default;

// Newest snapshot, then the records after it: applied, not re-executed.
Result<void> GroupActor::recover() {
  const Store& store = *setup_.store;
  if (const auto snapshot = store.get(keys::snapshot(unit_.id())); snapshot) {
    if (auto restored = unit_.restore(*snapshot, [this] { fetch_rows(); }); !restored) {
      return restored;
    }
    recovered_from_ = snapshot_at_ = unit_.sequence();
  } else if (snapshot.error().kind != ErrorKind::not_found) {
    return snapshot.error();
  }
  Result<void> applied;
  const auto visit = [&](std::string_view, std::string_view value) {
    const auto records = decode_records(value);
    if (!records) applied = records.error();
    for (std::size_t i = 0; applied && i < records->size(); ++i) {
      if ((*records)[i].sequence > unit_.sequence()) applied = unit_.apply((*records)[i]);
    }
    return static_cast<bool>(applied);
  };
  const auto scanned = store.scan(keys::records(unit_.id(), unit_.sequence() + 1),
                                  keys::records_end(unit_.id()), visit);
  if (!scanned) return scanned;
  if (!applied) return applied;
  if (unit_.sequence() == 0) return Error{ErrorKind::not_found, "it has no records"};
  committed_ = unit_.sequence();
  history_.start_at(committed_);
  if (setup_.closed) unit_.close();
  return read_due();
}

Result<void> GroupActor::read_due() {
  const auto due = setup_.store->get(keys::due(unit_.id()));
  if (!due && due.error().kind != ErrorKind::not_found) return due.error();
  is_due_ = static_cast<bool>(due);
  return {};
}

// The rows of logs up to the snapshot this actor started from: read only if the game looks at them.
void GroupActor::fetch_rows() {
  const auto visit = [&](std::string_view, std::string_view value) {
    const auto records = decode_records(value);
    if (!records) throw AppError(records.error().message);
    for (const Record& record : *records) {
      if (record.sequence <= recovered_from_) unit_.add_rows(record);
    }
    return records->back().sequence < recovered_from_;
  };
  const auto scanned =
      setup_.store->scan(keys::records(unit_.id(), 1), keys::records_end(unit_.id()), visit);
  if (!scanned) throw AppError(scanned.error().message);
}

caf::behavior GroupActor::make_behavior() {
  set_default_handler(caf::drop);
  if (health_) {
    note_outage();  // first: what comes after is later than the outage
    StepResult described = unit_.describe(setup_.clock->now());
    done(described);
    for (std::uint32_t player = 1; player <= unit_.players(); ++player) note_presence(player);
    follow_up();  // what the end of the process came before
    if (must_wake() != is_due_) open_batch();
    tell_if_stuck();
  }
  request_flush();
  arm_deadline();
  arm_rest();
  return {
      [this](const InputsPtr& inputs) { on_inputs(inputs); },
      [this](committed_atom, std::uint64_t upto) { on_committed(upto); },
      [this](flush_atom) {
        flush_requested_ = false;
        flush();
      },
      [this](const Seated<OpenPage>& open) { on_open(open); },
      [this](const Seated<SubmitPage>& submit) { on_submit(submit); },
      [this](const Seated<Join>& join) { on_join(join); },
      [this](const PullHistory& pull) {
        anon_send(caf::actor_cast<caf::actor>(current_sender()), history_.read(pull, committed_));
      },
      [this](const Leave& leave) { on_leave(leave); },
      [this](deadline_atom) {
        armed_deadline_ = 0;
        on_deadline();
        arm_deadline();
      },
      [this](retry_atom) { on_retry(); },
      [this](rest_atom) { on_rest(); },
      [this](close_atom) {
        setup_.closed = true;
        unit_.close();
      },
      [this](stop_atom) { quit(); },
  };
}

void GroupActor::on_exit() {
  note_timed(false);
  listeners_.clear();
  gateways_.clear();
  waiting_.clear();
  setup_.directory = nullptr;
}

// -- live messages
// ---------------------------------------------------------------------------------

void GroupActor::on_inputs(const InputsPtr& inputs) {
  ++activity_;
  on_deadline();
  for (LiveInput& input : inputs->inputs) on_input(input);
  request_flush();
}

void GroupActor::on_input(LiveInput& input) {
  if (!blocked_.empty()) {
    const auto blocked = blocked_.find(blocked_key(input));
    if (blocked != blocked_.end() && input.number > blocked->second) {
      return refuse(input, "storage_full", "the server's disk is nearly full");
    }
    if (blocked != blocked_.end()) blocked_.erase(blocked);
  }
  if (!setup_.store->has_room()) {
    blocked_[blocked_key(input)] = input.number;
    return refuse(input, "storage_full", "the server's disk is nearly full");
  }
  StepResult result = unit_.live(input.player, input.page, input.sender, input.number, input.data,
                                 setup_.clock->now());
  done(result);
  refuse(input, std::move(result.code), std::move(result.message));
}

// Says how a send ended (an empty code: well) after the newest record that it could know of.
void GroupActor::refuse(const LiveInput& input, std::string code, std::string message) {
  open_batch().release().outcomes.push_back(
      {input.connection, input.sender, input.number, std::move(code), std::move(message)});
}

std::string GroupActor::blocked_key(const LiveInput& input) const {
  return std::to_string(input.player) + "/" + input.sender;
}

// -- pages
// -----------------------------------------------------------------------------------------

PageAnswer GroupActor::page_answer(std::uint64_t request, std::uint32_t player,
                                   const Value& submitted, const StepResult& result) {
  PageAnswer answer;
  answer.request = request;
  try {
    answer.view = unit_.view(player, setup_.clock->now(), submitted, result.form_errors);
    if (!result.code.empty()) answer.view.form_error = result.message;
    answer.status = unit_.past_last(answer.view.ref) ? PageStatus::finished : PageStatus::page;
  } catch (const std::exception& error) {
    spdlog::error("{}: page {} of player {}: {}", setup_.app->name,
                  to_string(unit_.page_of(player)), player, error.what());
    answer.status = PageStatus::failed;
  }
  return answer;
}

void GroupActor::on_open(const Seated<OpenPage>& open) {
  ++activity_;
  ++from_directory_;
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  PageAnswer answer;
  answer.request = open.message.request;
  answer.status = PageStatus::failed;
  if (health_) {
    StepResult arrived = unit_.arrive(open.player, unit_.page_of(open.player), setup_.clock->now());
    done(arrived);
    answer = page_answer(open.message.request, open.player);
  }
  answer_when_committed([gateway, answer] { caf::anon_send(gateway, answer); });
  request_flush();
}

void GroupActor::on_submit(const Seated<SubmitPage>& submit) {
  ++activity_;
  ++from_directory_;
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  const SubmitPage& form = submit.message;
  PageAnswer answer;
  answer.request = form.request;
  answer.status = health_ ? PageStatus::busy : PageStatus::failed;
  if (health_ && form.app != setup_.app->name) {
    answer = page_answer(form.request, submit.player);
  } else if (health_ && setup_.store->has_room()) {
    for (const PendingSend& send : form.pending) {
      PageRef page;
      if (app_of(send.page) != setup_.app->name || !parse_page(send.page, page)) continue;
      StepResult result =
          unit_.live(submit.player, page, send.sender, send.number, send.data, setup_.clock->now());
      done(result);
    }
    StepResult result =
        unit_.submit(submit.player, form.page, form.values, setup_.clock->now(), form.timed_out);
    done(result);
    answer = page_answer(form.request, submit.player, result.code.empty() ? Value() : form.values,
                         result);
  }
  answer_when_committed([gateway, answer] { caf::anon_send(gateway, answer); });
  request_flush();
}

// -- connections
// -----------------------------------------------------------------------------------

void GroupActor::on_join(const Seated<Join>& seated) {
  ++activity_;
  ++from_directory_;
  const Join& join = seated.message;
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  Joined joined;
  joined.connection = join.connection;
  joined.unit = unit_.id();
  joined.player = seated.player;
  joined.lineage = setup_.store->lineage();
  joined.sends_per_second = setup_.app->sends_per_second;
  if (!health_) {
    joined.status = PageStatus::failed;
  } else {
    const bool of_this_app = join.app == setup_.app->name;
    joined.stale = !of_this_app || join.page != unit_.page_of(seated.player);
    // Record numbers of another app's page say nothing here.
    joined.history_lost = join.lineage != joined.lineage ||
                          (of_this_app && std::max(join.after, join.rendered) > unit_.sequence());
    if (setup_.closed) joined.status = PageStatus::closed;
    if (!joined.stale) {
      StepResult arrived = unit_.arrive(seated.player, join.page, setup_.clock->now());
      done(arrived);
      joined.left = unit_.time_left(seated.player, setup_.clock->now());
    }
  }
  listeners_.emplace(join.connection, Listener{seated.player, gateway});
  note_presence(seated.player);
  add_gateway(gateway);
  answer_when_committed([this, gateway, joined]() mutable {
    joined.head = committed_;
    send(gateway, joined);
  });
  request_flush();
}

void GroupActor::on_leave(const Leave& leave) {
  ++activity_;
  const auto found = listeners_.find(leave.connection);
  if (found == listeners_.end()) return;
  const std::uint32_t player = found->second.player;
  remove_gateway(found->second.gateway);
  listeners_.erase(found);
  note_presence(player);
  request_flush();
  arm_rest();
}

// Who waits for a group must be there: a browser of the player's is connected.
void GroupActor::note_presence(std::uint32_t player) {
  if (!health_ || !setup_.app->groups_by_arrival()) return;
  const bool here = std::any_of(listeners_.begin(), listeners_.end(),
                                [&](const auto& each) { return each.second.player == player; });
  StepResult changed = unit_.presence(player, here, setup_.clock->now());
  done(changed);
}

void GroupActor::add_gateway(const caf::actor& gateway) {
  for (auto& [known, listeners] : gateways_) {
    if (known != gateway) continue;
    ++listeners;
    return;
  }
  gateways_.emplace_back(gateway, 1);
}

void GroupActor::remove_gateway(const caf::actor& gateway) {
  const auto known = std::find_if(gateways_.begin(), gateways_.end(),
                                  [&](const auto& entry) { return entry.first == gateway; });
  if (known != gateways_.end() && --known->second == 0) gateways_.erase(known);
}

// -- out: one way, after the commit
// ----------------------------------------------------------------

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
    StepResult next = unit_.follow_up(setup_.clock->now());
    if (!next.record) return;
    add(*std::move(next.record));
  }
}

void GroupActor::add(Record record) {
  const Limits& limits = *setup_.unit.limits;
  Batch& batch = open_batch();
  encode(record, batch.block);
  tell_times(record, batch.release());
  batch.add(record);
  if (batch.steps >= limits.batch_steps || batch.block.size() >= limits.batch_bytes) close_batch();
  arm_deadline();
  if (unit_.is_stuck() != told_stuck_) tell_if_stuck();
}

void GroupActor::close_batch() {
  open_->due = must_wake();
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
  if (batch->steps == 0) release.upto = committed_;
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
  for (const std::string& line : unit_.take_printed()) {
    spdlog::info("[{} group {}] {}", setup_.app->name, unit_.id().index(), line);
  }
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

void GroupActor::on_committed(std::uint64_t upto) {
  in_flight_ = false;
  committed_ = std::max(committed_, upto);
  while (!waiting_.empty() && waiting_.front().record <= committed_) {
    waiting_.front().answer();
    waiting_.pop_front();
  }
  // Only now: what this batch lets out must not overtake the answers above.
  flush();
}

void GroupActor::answer_when_committed(std::function<void()> answer) {
  if (unit_.sequence() <= committed_) return answer();
  waiting_.push_back({unit_.sequence(), std::move(answer)});
  request_flush();
}

// -- what it has to do by itself
// -------------------------------------------------------------------

// Is there something that must go on though nobody comes?
bool GroupActor::must_wake() const {
  return health_ && (unit_.deadline() != 0 || unit_.is_stuck());
}

void GroupActor::on_retry() {
  ++activity_;
  ++from_directory_;
  if (!health_) return;
  while (unit_.is_stuck()) add(*unit_.retry(setup_.clock->now()).record);
  follow_up();
  request_flush();
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
  const auto wait = std::max<std::int64_t>(0, armed_deadline_ - setup_.clock->now());
  delayed_send(this, std::chrono::microseconds(wait), deadline_atom::value);
}

void GroupActor::note_outage() {
  if (setup_.outages == nullptr || !health_ || unit_.deadline() == 0) return;
  const Outages::Span outage = setup_.outages->check();
  StepResult moved = unit_.outage(outage.from, outage.until, setup_.clock->now());
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
  const std::int64_t now = setup_.clock->now();
  if (unit_.deadline() > now) return;
  ++activity_;
  for (;;) {
    StepResult result = unit_.time_out(now);
    if (!result.record) break;
    done(result);
  }
  request_flush();
}

void GroupActor::arm_rest() {
  if (rest_armed_ || !listeners_.empty()) return;
  rest_armed_ = true;
  delayed_send(this, setup_.unit.limits->rest, rest_atom::value);
  activity_ = 0;
}

void GroupActor::on_rest() {
  rest_armed_ = false;
  if (!listeners_.empty() || unit_.deadline() != 0) return;
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
