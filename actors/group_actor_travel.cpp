// Participants who come from the app before and go on to the next (rules.md 10). The record that
// lets somebody go is the outbox: it is sent to the directory until the directory has taken it.
#include <spdlog/spdlog.h>

#include <algorithm>

#include "actors/group_batch.h"

namespace rialto {

void GroupActor::on_enter(const Enter& enter) {
  ++activity_;
  ++from_directory_;
  if (!health_) return;
  coming_.insert_or_assign(enter.player, enter.baggage);
  seat(enter.player);
  request_flush();
}

// Seats who is on the way here. A hook that fails is tried again when the participant asks for the
// page.
void GroupActor::seat(std::uint32_t player) {
  const auto coming = coming_.find(player);
  if (coming == coming_.end() || setup_.closed) return;
  StepResult entered = unit_.enter(player, coming->second, now());
  done(entered);
  if (unit_.is_here(player) || unit_.has_let_go(player)) coming_.erase(player);
}

void GroupActor::on_pass_by(const PassBy& pass) {
  ++activity_;
  ++from_directory_;
  if (!health_) return;
  passing_.insert(pass.player);
  if (!setup_.closed) let_pass();
  request_flush();
}

void GroupActor::let_pass() {
  for (const std::uint32_t player : std::exchange(passing_, {})) {
    StepResult passed = unit_.pass_by(player, now());
    if (passed.record) is_due_ = true;  // the directory has written so
    done(passed);
  }
}

void GroupActor::on_labelled(const Labelled& labelled) {
  ++activity_;
  ++from_directory_;
  unit_.label(labelled.player, labelled.label);
}

// The directory hears of it when the record that lets the player go is durable.
void GroupActor::hand_over(const LetGo& gone) {
  if (!health_) return;  // perhaps no record says so
  leaving_.insert(gone.player);
  answer_when_committed([this, gone] {
    send(setup_.directory,
         HandOver{unit_.id(), gone.player, gone.to_app, unit_.baggage(gone.player)});
  });
}

void GroupActor::on_taken(std::uint32_t player) {
  leaving_.erase(player);
  if (must_wake() != is_due_) open_batch();
  request_flush();
  arm_rest();
}

// Behind the hand-over, so that the directory knows where to.
template <class Message>
void GroupActor::forward(const Seated<Message>& seated) {
  const auto gone = unit_.let_go();
  const auto his = std::ranges::find(gone, seated.player, &LetGo::player);
  if (his != gone.end() && !leaving_.contains(seated.player)) hand_over(*his);
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  answer_when_committed([this, gateway, seated] {
    caf::send_as(gateway, setup_.directory, Forwarded<Message>{seated.message, unit_.id()});
    seated.owed->give();
  });
  request_flush();
}

template void GroupActor::forward(const Seated<OpenPage>& seated);
template void GroupActor::forward(const Seated<SubmitPage>& seated);
template void GroupActor::forward(const Seated<Join>& seated);
template void GroupActor::forward(const Seated<MoveParticipant>& seated);

}  // namespace rialto
