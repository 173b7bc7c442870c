#include "actors/group_actor.h"

#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/errors.h"
#include "actors/group_batch.h"
#include "actors/log_text.h"
#include "actors/unit_records.h"
#include "storage/keys.h"

namespace rialto {

GroupActor::GroupActor(caf::actor_config& config, Setup setup)
    : caf::event_based_actor(config),
      setup_(std::move(setup)),
      unit_(setup_.app, setup_.unit),
      history_(*setup_.store, *setup_.unit.limits, unit_),
      chain_(setup_.unit.id) {}

GroupActor::~GroupActor() = default;

Result<void> GroupActor::recover() {
  if (!setup_.readable) return setup_.readable;
  try {
    const Result<void> read = read_state();
    committed_ = unit_.sequence();  // also of one that cannot be played: its requests are answered
    if (!read) return read;
    if (committed_ == 0) return Error{ErrorKind::not_found, "it has no records"};
    committed_time_ = unit_.last_time();
    chain_.start_after(committed_);
    history_.start_at(committed_);
    go_on_in_time();
    if (setup_.closed) unit_.close();
    read_why_stuck();
    return read_due();
  } catch (...) {
    return Error{ErrorKind::corrupt, what_is_caught()};
  }
}

// Newest snapshot, then the records after it: applied, not re-executed. The records alone say the
// same: a snapshot that cannot be read (or a neighbour of where one would be) takes nothing away.
Result<void> GroupActor::read_state() {
  const Store& store = *setup_.store;
  if (const auto snapshot = store.get(keys::snapshot(unit_.id())); snapshot) {
    if (auto restored = unit_.restore(*snapshot, [this] { fetch_rows(); }); !restored) {
      return restored;
    }
    recovered_from_ = snapshot_at_ = unit_.sequence();
  } else if (snapshot.error().kind == ErrorKind::corrupt) {
    spdlog::warn("{}: its snapshot cannot be read, its records are: {}", unit_.name(),
                 snapshot.error().message);
  } else if (snapshot.error().kind != ErrorKind::not_found) {
    return snapshot.error();
  }
  return each_record(store, unit_.id(), unit_.sequence() + 1,
                     [this](const Record& record) { return unit_.apply(record); });
}

void GroupActor::go_on_in_time() {
  ahead_ = std::max<std::int64_t>(0, unit_.last_time() - setup_.clock->now());
  const bool is_timed = unit_.deadline() != 0 && setup_.outages != nullptr;
  if (is_timed) ahead_ = std::max(ahead_, setup_.outages->set_back());
}

// If that cannot be read, it counts as there: when nothing is due it is written that it is gone.
Result<void> GroupActor::read_due() {
  const auto due = setup_.store->get(keys::due(unit_.id()));
  is_due_ = due || due.error().kind == ErrorKind::corrupt;
  if (!is_due_ && due.error().kind != ErrorKind::not_found) return due.error();
  return {};
}

// Words for the experimenter: where they cannot be read, the log has them.
void GroupActor::read_why_stuck() {
  if (!unit_.is_stuck()) return;
  const auto why = setup_.store->get(keys::why_stuck(unit_.id()));
  if (why) unit_.restore_why_stuck(*why);
}

// The rows of logs up to the snapshot this actor started from: read only if the game looks at them.
// In the middle of a step: if they cannot be read, this ends the step, and the unit with it,
// whatever the game does with the exception.
void GroupActor::fetch_rows() {
  Result<void> read;
  const auto visit = [&](std::string_view, std::string_view value) {
    const auto records = decode_records(value);
    if (!records) {
      read = records.error();
      return false;
    }
    for (const Record& record : *records) {
      if (record.sequence <= recovered_from_) unit_.add_rows(record);
    }
    return records->back().sequence < recovered_from_;
  };
  const auto scanned =
      setup_.store->scan(keys::records(unit_.id(), 1), keys::records_end(unit_.id()), visit);
  if (!scanned) read = scanned;
  if (read) return;
  fail(read.error());
  throw AppError("its old rows cannot be read: " + read.error().message);
}

caf::behavior GroupActor::make_behavior() {
  set_default_handler(caf::drop);
  set_exception_handler([this](std::exception_ptr& problem) {
    spdlog::critical("{}: {}", unit_.name(), what_of(problem));
    return caf::make_error(caf::sec::runtime_error);
  });
  alarm_ = new_request_id(caf::message_priority::normal).response_id();
  if (const Result<void> recovered = recover(); !recovered) fail(recovered.error());
  send(setup_.directory, awake_atom::value, unit_.id());
  if (health_ && !setup_.closed) go_on();
  request_flush();
  arm_deadline();
  arm_rest();
  return {
      [this](const InputsPtr& inputs) { on_inputs(inputs); },
      [this](committed_atom, std::uint64_t upto, std::int64_t time) { on_committed(upto, time); },
      [this](flush_atom) {
        flush_requested_ = false;
        flush();
      },
      [this](const Seated<OpenPage>& open) { on_open(open); },
      [this](const Seated<SubmitPage>& submit) { on_submit(submit); },
      [this](const Seated<Join>& join) { on_join(join); },
      [this](const PullHistory& pull) { on_pull(pull); },
      [this](const Leave& leave) { on_leave(leave); },
      [this](const Enter& enter) { on_enter(enter); },
      [this](const PassBy& pass) { on_pass_by(pass); },
      [this](const Labelled& labelled) { on_labelled(labelled); },
      [this](taken_atom, std::uint32_t player) { on_taken(player); },
      [this](retry_atom) { on_retry(); },
      [this](rest_atom) { on_rest(); },
      [this](const Seated<MoveParticipant>& move) { on_move(move); },
      [this](const DescribeUnit&) { on_describe(); },
      [this](close_atom) { on_close(); },
      [this](const Closure& closure) { on_reopen(closure); },
      [this](stop_atom) { quit(); },
  };
}

// All that it is asked from now on is answered so. All other units go on.
void GroupActor::fail(const Error& why) {
  if (!health_) return;
  health_ = why;
  spdlog::error("{} cannot be played: {}", unit_.name(), why.message);
  note_timed(false);
}

void GroupActor::on_exit() {
  cancel_alarm();
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
  if (!health_) return refuse(input, "app_error", "this group cannot be played any more");
  if (!blocked_.empty()) {
    const auto blocked = blocked_.find(blocked_key(input));
    if (blocked != blocked_.end() && input.number > blocked->second) {
      return refuse(input, "storage_full", "the server's disk is nearly full");
    }
    if (blocked != blocked_.end()) blocked_.erase(blocked);
  }
  if (!setup_.store->has_room()) {
    if (blocked_.size() < setup_.unit.limits->blocked_senders) {
      blocked_[blocked_key(input)] = input.number;
    }
    return refuse(input, "storage_full", "the server's disk is nearly full");
  }
  StepResult result =
      unit_.live(input.player, input.page, input.sender, input.number, input.data, now());
  done(result);
  if (!health_) return refuse(input, "app_error", "this group cannot be played any more");
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
  answer.status = PageStatus::failed;
  const bool failed = result.code == "app_error" || result.code == "handler_crashed";
  if (setup_.closed) answer.status = PageStatus::closed;
  if (setup_.closed || failed || !health_ || !unit_.is_here(player)) return answer;
  if (unit_.is_dropped(player)) {
    answer.status = PageStatus::dropped;
    return answer;
  }
  try {
    answer.view = unit_.view(player, now(), submitted, result.form_errors);
    if (!result.code.empty()) answer.view.form_error = result.message;
    answer.status = unit_.past_last(answer.view.ref) ? PageStatus::finished : PageStatus::page;
  } catch (...) {
    const PageRef page = unit_.page_of(player);
    spdlog::error("{}: page {} {}, {}: {}; it could not be shown", setup_.app->name,
                  setup_.app->pages.at(page.position).name, to_string(page),
                  unit_.who(player, page),
                  log_text(what_is_caught(), setup_.unit.limits->log_what));
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
    seat(open.player);
    if (unit_.has_let_go(open.player)) return forward(open);
    StepResult hidden = unit_.pass_hidden(open.player, now());
    done(hidden);
    if (unit_.has_let_go(open.player)) return forward(open);
    StepResult arrived = unit_.arrive(open.player, unit_.page_of(open.player), now());
    done(arrived);
    // A group's last wait page, say, may be left at once.
    if (unit_.has_let_go(open.player)) return forward(open);
    answer = page_answer(open.message.request, open.player);
  }
  answer_when_committed([gateway, answer, owed = open.owed] {
    caf::anon_send(gateway, answer);
    owed->give();
  });
  request_flush();
}

void GroupActor::on_submit(const Seated<SubmitPage>& submit) {
  ++activity_;
  ++from_directory_;
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  PageAnswer answer;
  answer.request = submit.message.request;
  answer.status = health_ ? PageStatus::busy : PageStatus::failed;
  if (health_) {
    seat(submit.player);
    if (submit.message.app != setup_.app->name) {
      answer = page_answer(submit.message.request, submit.player);
    } else if (submit.message.draft != 0) {
      const SubmitPage& form = submit.message;
      unit_.keep_draft(submit.player, form.page, form.draft, asked(form));
      answer.status = setup_.closed ? PageStatus::closed : PageStatus::page;
    } else if (setup_.store->has_room()) {
      answer = submit_here(submit);
    }
    if (unit_.has_let_go(submit.player)) return forward(submit);
  }
  answer_when_committed([gateway, answer, owed = submit.owed] {
    caf::anon_send(gateway, answer);
    owed->give();
  });
  request_flush();
}

// What the page does not ask for is no part of the record.
Value GroupActor::asked(const SubmitPage& form) const {
  const bool known = form.page.position < setup_.app->pages.size();
  if (!known) return Value::object();
  return asked_values(setup_.app->pages[form.page.position], form.values);
}

PageAnswer GroupActor::submit_here(const Seated<SubmitPage>& submit) {
  const SubmitPage& form = submit.message;
  for (const PendingSend& send : form.pending) {
    PageRef page;
    if (app_of(send.page) != setup_.app->name || !parse_page(send.page, page)) continue;
    StepResult result = unit_.live(submit.player, page, send.sender, send.number, send.data, now());
    done(result);
  }
  const Value values = asked(form);
  StepResult result = unit_.submit(submit.player, form.page, values, now(), form.timed_out);
  done(result);
  return page_answer(form.request, submit.player, result.code.empty() ? Value() : values, result);
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
  joined.message_bytes = setup_.app->message_bytes;
  if (health_) seat(seated.player);
  if (health_ && unit_.has_let_go(seated.player)) return forward(seated);
  if (!health_ || !unit_.is_here(seated.player)) {
    joined.status = PageStatus::failed;
  } else {
    const bool of_this_app = join.app == setup_.app->name;
    joined.stale = !of_this_app || join.page != unit_.page_of(seated.player);
    // Record numbers of another app's page say nothing here.
    joined.history_lost = join.lineage != joined.lineage || (of_this_app && !is_known(join));
    if (setup_.closed) joined.status = PageStatus::closed;
    if (health_ && !joined.stale) {
      StepResult arrived = unit_.arrive(seated.player, join.page, now());
      done(arrived);
      joined.left = unit_.time_left(seated.player, now());
    }
    if (!health_) {
      joined.status = PageStatus::failed;
      joined.history_lost = false;
    }
  }
  listeners_.emplace(join.connection, Listener{seated.player, gateway});
  note_presence(seated.player);
  add_gateway(gateway);
  // Who is moved on before the answer leaves, perhaps by coming here, is told so by it: the gateway
  // does not listen before.
  answer_when_committed([this, gateway, joined, player = seated.player, page = join.page,
                         owed = seated.owed]() mutable {
    joined.head = committed_;
    joined.stale = joined.stale || (health_ && page != unit_.page_of(player));
    send(gateway, joined);
    owed->give();
  });
  request_flush();
}

// After a loss new records may have taken the numbers of those the page has seen.
bool GroupActor::is_known(const Join& join) {
  if (std::max(join.after, join.rendered) > unit_.sequence()) return false;
  if (join.known == 0) return true;
  const Result<bool> has = history_.has(join.known, join.known_time);
  if (!has) fail(has.error());
  return has && *has;
}

void GroupActor::on_pull(const PullHistory& pull) {
  Result<HistoryPiece> read = history_.read(pull, committed_);
  if (!read) fail(read.error());
  HistoryPiece piece = read ? std::move(*read) : HistoryPiece{.connection = pull.connection};
  piece.failed = !read;
  if (piece.at_head) piece.time = committed_time_;
  anon_send(caf::actor_cast<caf::actor>(current_sender()), std::move(piece));
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
  StepResult changed = unit_.presence(player, here, now());
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

}  // namespace rialto
