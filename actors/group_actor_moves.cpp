// What the experimenter does to a unit: moves somebody on, asks where everybody is, closes the
// session and opens it again.
#include <algorithm>
#include <utility>

#include "actors/group_batch.h"

namespace rialto {

void GroupActor::on_move(const Seated<MoveParticipant>& move) {
  ++activity_;
  ++from_directory_;
  const auto asker = caf::actor_cast<caf::actor>(current_sender());
  SessionAnswer answer{move.message.request, {}, {}};
  if (health_) {
    seat(move.player);
    if (unit_.has_let_go(move.player)) return forward(move);
    answer = move_here(move);
  }
  if (!health_) answer.error = "his group cannot be played: the log says why";
  answer_when_committed([asker, answer, owed = move.owed] {
    caf::anon_send(asker, answer);
    owed->give();
  });
  request_flush();
  arm_rest();
}

SessionAnswer GroupActor::move_here(const Seated<MoveParticipant>& move) {
  const MoveParticipant& wish = move.message;
  SessionAnswer answer{wish.request, {}, {{"participant", wish.participant}, {"did", "nothing"}}};
  if (!unit_.is_here(move.player)) {
    answer.error = "his first page in " + setup_.app->name + " fails: the log says why";
    return answer;
  }
  const PageRef page = unit_.page_of(move.player);
  answer.result.set("app", setup_.app->name);
  answer.result.set("round", int{page.round});
  if (unit_.is_dropped(move.player)) {
    answer.result.set("why", "was dropped before");
    return answer;
  }
  if (unit_.past_last(page)) {
    answer.result.set("why", "has finished");
    return answer;
  }
  answer.result.set("page", setup_.app->pages[page.position].name);
  if (!wish.page.empty() && wish.page != setup_.app->name + "/" + to_string(page)) {
    answer.result.set("why", "has just gone on by himself");
    return answer;
  }
  const bool drops = wish.how == MoveParticipant::How::drop;
  StepResult result = drops ? unit_.drop(move.player, now()) : unit_.advance(move.player, now());
  if (!result.record) {
    answer.result.set("why", setup_.closed ? "the session is closed" : "is on a wait page");
    return answer;
  }
  if (result.code.empty()) {
    answer.result.set("did", result.record->code == "away" ? "begun" : result.record->code);
  } else {
    answer.error = "the game fails" +
                   (drops ? std::string(" in on_drop, which waits for a retry") : std::string()) +
                   ": the log says why";
  }
  done(result);
  return answer;
}

// The others read a word of it: those who stay on a page, from a frame.
void GroupActor::tell_bereft(const Record& record, Release& release) const {
  if (record.code != "dropped" || record.failed) return;
  const auto others = unit_.others_of(record.player, record.page);
  release.bereft.insert(release.bereft.end(), others.begin(), others.end());
}

void GroupActor::on_describe() {
  ++activity_;
  ++from_directory_;
  UnitDescribed described{unit_.id(), Value::empty_list(), Value::empty_list()};
  if (health_) {
    std::set<std::uint32_t> present;
    for (const auto& [connection, listener] : listeners_) present.insert(listener.player);
    described.players = unit_.describe_players(present);
    described.stuck = unit_.describe_stuck();
  } else {
    described.stuck = list({{"why", "it cannot be played: " + health_.error().message}});
  }
  answer_when_committed([this, described] { send(setup_.directory, described); });
}

void GroupActor::on_close() {
  setup_.closed = true;
  unit_.close();
  for (const auto& [gateway, listeners] : gateways_) {
    caf::anon_send(gateway, UnitClosed{unit_.id()});
  }
  note_timed(false);
}

void GroupActor::on_reopen(const Closure& closure) {
  setup_.closures.push_back({closure.from + ahead_, closure.until + ahead_});  // in its own time
  if (!std::exchange(setup_.closed, false)) return;
  unit_.close(false);
  if (!health_) return;
  go_on();
  request_flush();
  arm_deadline();
  arm_rest();
}

void GroupActor::go_on() {
  // First: what comes after is later than the closure and the outage.
  for (const Closure& closure : setup_.closures) {
    StepResult reopened = unit_.reopen(closure, now());
    done(reopened);
  }
  note_outage();
  StepResult described = unit_.describe(now());
  done(described);
  for (std::uint32_t player = 1; player <= unit_.players(); ++player) note_presence(player);
  let_pass();
  const auto coming = coming_;
  for (const auto& [player, baggage] : coming) seat(player);
  follow_up();  // what the end of the process came before
  if (is_due_) {
    for (const LetGo& gone : unit_.let_go()) hand_over(gone);
  }
  if (must_wake() != is_due_) open_batch();
  tell_if_stuck();
}

}  // namespace rialto
