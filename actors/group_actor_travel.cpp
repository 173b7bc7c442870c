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
  if (coming == coming_.end()) return;
  StepResult entered = unit_.enter(player, coming->second, now());
  done(entered);
  if (unit_.is_here(player) || unit_.has_let_go(player)) coming_.erase(player);
}

void GroupActor::on_pass_by(const PassBy& pass) {
  ++activity_;
  ++from_directory_;
  if (!health_) return;
  StepResult passed = unit_.pass_by(pass.player, now());
  if (passed.record) is_due_ = true;  // the directory has written so
  done(passed);
  request_flush();
}

void GroupActor::on_labelled(const Labelled& labelled) {
  ++activity_;
  ++from_directory_;
  unit_.label(labelled.player, labelled.label);
}

// The directory hears of it when the record that lets the player go is durable.
void GroupActor::hand_over(const LetGo& gone) {
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
void GroupActor::forward(Message message, std::uint32_t player) {
  const auto gone = unit_.let_go();
  const auto his = std::ranges::find(gone, player, &LetGo::player);
  if (his != gone.end() && !leaving_.contains(player)) hand_over(*his);
  const auto gateway = caf::actor_cast<caf::actor>(current_sender());
  answer_when_committed([this, gateway, message = std::move(message)] {
    caf::send_as(gateway, setup_.directory, Forwarded<Message>{message, unit_.id()});
  });
  request_flush();
}

template void GroupActor::forward(OpenPage message, std::uint32_t player);
template void GroupActor::forward(SubmitPage message, std::uint32_t player);
template void GroupActor::forward(Join message, std::uint32_t player);

}  // namespace rialto
