// One step of a unit: run, kept or rolled back, and written down as a record.
#include <spdlog/spdlog.h>

#include "actors/errors.h"
#include "actors/log_text.h"
#include "actors/stored_value.h"
#include "actors/unit.h"

namespace rialto {
namespace {

// The seed of one record's draws (splitmix64, Steele et al. 2014): rolled-back handlers do not
// shift it.
std::uint64_t mix(std::uint64_t seed, std::uint64_t unit, std::uint64_t sequence) {
  std::uint64_t bits = seed ^ (unit * 0x9E3779B97F4A7C15ULL) ^ (sequence * 0xD1B54A32D192ED03ULL);
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return bits ^ (bits >> 31U);
}

}  // namespace

StepResult Unit::run(Record record, const Effect& effect, std::uint64_t whom) {
  const RunningInput input = running(record, whom);
  if (std::string why = refusal(input); !why.empty()) {
    log_failure(record, why);
    return fail(std::move(record), "handler_crashed", {}, std::move(why));
  }
  const auto undone = [&](const char* code, std::string_view what, std::string message) {
    note_concerns(record);
    step_.roll_back();
    return fail(std::move(record), code, what, std::move(message));
  };
  const char* const failed = "the game failed on this message; nothing changed";
  Refusal refusal;
  step_.open(record.time, seed_of(record.sequence));
  roster_.session_values().see_again();
  try {
    const RunningSlots::Guard guard(setup_.slots, input);
    refusal = effect(record);
    const bool said_no = refusal.code != nullptr;
    if (said_no && !(refusal.keeps && step_.did_something())) {
      return undone(refusal.code, {}, std::move(refusal.message));
    }
    if (said_no) note_refusal(record, refusal.code);
    collect(record);
  } catch (const BadMessage& bad) {
    return undone("bad_message", {}, bad.what());
  } catch (const HookClosed& closed) {
    return undone("handler_crashed", closed.what(), closed.what());
  } catch (const std::exception& error) {
    return undone("app_error", error.what(), failed);
  } catch (...) {
    return undone("app_error", "an exception of unknown type", failed);
  }
  step_.keep();
  std::move(step_.printed.begin(), step_.printed.end(), std::back_inserter(printed_));
  finish(record);
  return {std::move(record),
          refusal.code == nullptr ? "" : refusal.code,
          std::move(refusal.message),
          {}};
}

// A form was refused by a function that has counted it.
void Unit::note_refusal(Record& record, const char* code) const {
  if (!step_.moves.empty()) throw AppError("error_message may not move players on");
  record.kind = RecordKind::refused;
  record.code = code;
}

// A message is refused; an event is consumed all the same, as failed (rules.md 12).
StepResult Unit::fail(Record record, const char* code, std::string_view what, std::string message) {
  if (!what.empty()) log_failure(record, what);
  if (record.kind != RecordKind::event) {
    return consume_refused(std::move(record), code, std::move(message));
  }
  Record failed = begin(RecordKind::event, record.player, record.page, record.time);
  failed.code = std::move(record.code);
  failed.input = std::move(record.input);
  failed.failed = true;
  failed.concerns = std::move(record.concerns);
  settle_personal(failed);
  note_failure(failed, what);
  // A time that was up is up, whatever its hook did.
  for (const Deadline& deadline : record.deadlines) {
    if (deadline.at == 0) failed.deadlines.push_back(deadline);
  }
  finish(failed);
  return {std::move(failed), code, std::move(message), {}};
}

// The message itself only if the server was asked to, and if it cannot be personal.
void Unit::log_failure(const Record& record, std::string_view what) const {
  const Limits& limits = *setup_.limits;
  const PageModel* const page = page_model(record.page);
  std::string message;
  if (limits.log_message > 0 && !record.input.empty()) {
    const std::string_view shown = shown_input(record);
    message = shown.empty() ? ": personal" : ": " + log_text(shown, limits.log_message);
  }
  spdlog::error("{}: page {} {}, {}: {}; what came in is in record {}{}", app_->name,
                page != nullptr ? page->name : "", to_string(record.page),
                who(record.player, record.page), log_text(what, limits.log_what), record.sequence,
                message);
}

// What came in, as far as logs may have it.
std::string_view Unit::shown_input(const Record& record) const {
  const bool is_personal = has_personal_fields_ || !record.concerns.empty();
  if (setup_.limits->log_message == 0 || is_personal) return {};
  return record.input;
}

std::string Unit::who(std::uint32_t player, PageRef page) const {
  std::string text = setup_.session.empty() ? "" : "session " + setup_.session + ", ";
  if (player == 0) {
    text += "the group of " + setup_.participants.front();
  } else {
    text += "participant " + setup_.participants.at(player - 1) + " (player " +
            std::to_string(player) + ")";
  }
  return text + ", round " + std::to_string(page.round);
}

std::string Unit::name() const {
  const std::string session = setup_.session.empty() ? "" : "session " + setup_.session + ", ";
  return session + app_->name + ", the group of " + setup_.participants.front();
}

StepResult Unit::consume_refused(Record record, std::string code, std::string message) {
  Record refused = begin(RecordKind::refused, record.player, record.page, record.time);
  refused.sender = std::move(record.sender);
  refused.number = record.number;
  refused.input = std::move(record.input);
  refused.code = code;
  refused.concerns = std::move(record.concerns);
  SessionValues& session = roster_.session_values();
  if (session.owed_to()) add_change(refused, *session.columns()[SessionValues::seen_field]);
  // It may have been meant for one of the personal fields.
  if (has_personal_fields_) refused.concerns.push_back(record.player);
  settle_personal(refused);
  finish(refused);
  return {std::move(refused), std::move(code), std::move(message), {}};
}

// What a game says to its group, as said to seats of this unit.
std::vector<StoredReply> Unit::replies(const Reply& reply, const PlayerBase& who,
                                       PageRef page) const {
  const GroupBase& group = who.group_base();
  std::vector<StoredReply> stored = resolve(reply, group.player_count(), page);
  if (!roster_.whole()) return stored;
  for (StoredReply& each : stored) {
    const bool to_all = each.receivers.empty();
    if (to_all) each.receivers.resize(group.player_count());
    for (std::size_t index = 0; index < each.receivers.size(); ++index) {
      const std::size_t id = to_all ? index + 1 : each.receivers[index];
      each.receivers[index] = group.player_base(static_cast<std::int64_t>(id)).seat();
    }
    std::sort(each.receivers.begin(), each.receivers.end());
  }
  return stored;
}

void Unit::check_session_values() const {
  if (roster_.session_values().writes().get().empty()) return;
  const std::size_t size = roster_.session_values().vars().dump().size();
  if (size <= setup_.limits->session_values) return;
  throw AppError("the session's values are " + std::to_string(size) + " bytes with this, at most " +
                 std::to_string(setup_.limits->session_values) + " are allowed");
}

// What a step reads of what other groups have written is an input of it.
void Unit::see_session_as(const Record& stored) {
  const std::uint32_t object = roster_.session_values().object_number();
  Value seen = roster_.session_values().recorded();
  for (const Change& change : stored.changes) {
    const bool is_seen = change.object == object && change.field == SessionValues::seen_field;
    if (is_seen) seen = read_stored(change.value);
  }
  roster_.session_values().begin_with(std::move(seen));
}

const Change* Unit::session_writes(const Record& record) const {
  const std::uint32_t object = roster_.session_values().object_number();
  for (const Change& change : record.changes) {
    if (change.object == object && change.field == SessionValues::writes_field) return &change;
  }
  return nullptr;
}

// What comes of a game's own words for keys is bounded, too (rules.md 24).
void Unit::check_latest(const Record& record) const {
  const Limits& limits = *setup_.limits;
  for (const StoredReply& reply : record.replies) {
    if (reply.retention != Retention::latest) continue;
    if (reply.key.size() > limits.latest_key) {
      throw AppError("a key of latest() is at most " + std::to_string(limits.latest_key) +
                     " bytes long");
    }
    const std::size_t most = limits.latest_marks / (players() + 16);
    if (latest_.size() >= most && !latest_.contains({reply.page, reply.key})) {
      throw AppError("latest() has got more than " + std::to_string(most) +
                     " keys here: use one key for what replaces each other");
    }
  }
}

void Unit::collect(Record& record) {
  check_latest(record);
  check_session_values();
  for (const Column* column : step_.touched) {
    check_owner(column->owner());
    add_change(record, *column);
  }
  for (Step::Row& row : step_.rows) {
    record.rows.push_back(
        {row.log->owner().object_number(), row.log->index(), std::move(row.json)});
  }
  move_players(record);
  note_concerns(record);
  settle_personal(record);
  if (step_.restart_timeout == nullptr) return;
  const PageModel* const model = page_model(record.page);
  if (model == nullptr || !model->group_timeout) {
    throw AppError("restart_timeout() on a page without a group_timeout");
  }
  const std::int64_t at = record.time + model->group_timeout->count();
  record.deadlines.push_back(Deadline{holder_of(*step_.restart_timeout), record.page, at});
}

// Who was let go is with the next app, with all that he takes along (rules.md 11).
void Unit::check_owner(const Model& owner) const {
  const std::uint32_t player = roster_.seat_of(owner.object_number());
  if (player == 0 || !has_let_go(player)) return;
  throw AppError("participant " + roster_.participant(player).code() +
                 " has gone on to another app: what is written here would not be counted");
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

// The events of one group of a whole app name it.
Unit::Holder Unit::holder_in(const Record& record) const {
  const bool names_it = record.code == "all_arrived" || record.code == "retry";
  return names_it && !record.input.empty() ? static_cast<Holder>(std::stoul(record.input)) : 0;
}

// Everything a record does to the unit but its columns and logs: the same when it is made and when
// it is read again.
void Unit::finish(const Record& record) {
  sequence_ = record.sequence;
  last_time_ = record.time;
  if (record.number != 0) {
    const bool is_there = record.page == page_of(record.player);
    senders_.consume(record.player, record.sender, record.number, record.code,
                     is_there ? Senders::From::page_of_player : Senders::From::page_left,
                     record.time);
  }
  if (record.kind == RecordKind::event) {
    const Holder holder = holder_in(record);
    note_gone(record);
    if (record.code == "arrived" || record.code == "entered") show_label(record.player);
    if (record.code == "present") present_[record.player - 1] = true;
    if (record.code == "absent") present_[record.player - 1] = false;
    const bool asks = record.code == "present" || record.code == "ask_again";
    if (asks) to_check_.insert({record.page, 0});
    if (record.code == "all_arrived" && record.failed) stuck_.insert({record.page, holder});
    if (record.code == "grouped" && record.failed) stuck_.insert({record.page, 0});
    if (record.code == "grouped" && !record.failed) stuck_.erase({record.page, 0});
    const bool again = record.code == "retry" && record.player == 0;
    if (again) stuck_.erase({record.page, holder});
    if (again) to_check_.insert({record.page, holder});
  }
  roster_.session_values().note(record.sequence);
  note_moves(record);
  for (const Deadline& deadline : record.deadlines) {
    timers_.at(deadline.player) = {deadline.at, deadline.page};
  }
  end_times(record);
  note_latest(record);
  chats_.note(record);
}

// A send is known by its number, a form by what stands in it, an event by its name and page.
RunningInput Unit::running(const Record& record, std::uint64_t whom) const {
  const bool is_send = record.number != 0;
  std::string_view what = is_send ? record.sender : record.code;
  if (what.empty()) what = "submit";
  RunningInput input = running(record.player, record.page, what, whom);
  input.is_send = is_send;
  if (is_send) input.number = record.number;
  if (!is_send && whom == 0) input.number = digest(record.input);
  input.data = shown_input(record).substr(0, setup_.limits->log_message);
  return input;
}

RunningInput Unit::running(std::uint32_t player, PageRef page, std::string_view what,
                           std::uint64_t whom) const {
  RunningInput input{setup_.id, player, page, what, whom};
  input.app = app_->name;
  input.build = app_->build;
  if (const PageModel* const model = page_model(page)) input.page_name = model->name;
  input.session = setup_.session;
  input.participant = setup_.participants[player == 0 ? 0 : player - 1];
  return input;
}

std::string Unit::refusal(const RunningInput& input) const {
  return setup_.slots == nullptr ? std::string() : setup_.slots->refusal(input);
}

RunningSlots::Guard Unit::guarded(const RunningInput& input) const {
  if (const std::string why = refusal(input); !why.empty()) throw HookClosed(why);
  return {setup_.slots, input};
}

std::uint64_t Unit::seed_of(std::uint64_t sequence) const {
  return mix(setup_.seed, setup_.id.value, sequence);
}

}  // namespace rialto
