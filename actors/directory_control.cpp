// What the experimenter does to a session that runs: closes it and opens it again, moves somebody
// on.
#include <algorithm>
#include <functional>
#include <utility>

#include "actors/directory.h"
#include "actors/session_maker.h"
#include "storage/keys.h"

namespace rialto {
void Directory::on_close(const CloseSession& close) {
  Session* const session = book_->find(close.code);
  if (session == nullptr) return answer(close.request, "there is no session " + close.code, {});
  Write write = book_->close(*session, setup_->clock->now());
  store({std::move(write)}, [self = caf::actor_cast<caf::actor>(this), number = session->number] {
    caf::anon_send(self, close_atom::value, number);
  });
  answer_described(close.request, *session);
}

void Directory::on_closed(std::uint32_t number) {
  const Session* const session = book_->of(UnitId::of(number, 0));
  if (session == nullptr || !session->closed) return;
  for (const auto& [unit, awake] : awake_) {
    if (unit.session() == number) caf::anon_send(awake.actor, close_atom::value);
  }
}

void Directory::on_reopen(const ReopenSession& reopen) {
  Session* const session = book_->find(reopen.code);
  if (session == nullptr) return answer(reopen.request, "there is no session " + reopen.code, {});
  if (!session->closed) {
    return answer(reopen.request, "the session " + reopen.code + " is open", {});
  }
  const bool is_wanted = std::ranges::any_of(to_make_, [session](const MakingPtr& making) {
    return making->wish.room == session->closed_in;
  });
  Write write = book_->reopen(*session, setup_->clock->now(), !is_wanted);
  store({std::move(write)}, [self = caf::actor_cast<caf::actor>(this), number = session->number] {
    caf::anon_send(self, reopen_atom::value, number);
  });
  answer_described(reopen.request, *session);
}

// Units that are not awake learn it when they wake; those that have something to do wake now.
void Directory::on_reopened(std::uint32_t number) {
  const Session* const session = book_->of(UnitId::of(number, 0));
  if (session == nullptr || session->closed || session->closures.empty()) return;
  for (const auto& [unit, awake] : awake_) {
    if (unit.session() == number) caf::anon_send(awake.actor, session->closures.back());
  }
  wake_due();
}

void Directory::on_move(const MoveParticipant& move, UnitId from) {
  const Session* const session = book_->find(move.session);
  if (session == nullptr) return answer(move.request, "there is no session " + move.session, {});
  const Seat* const seat = book_->seat(move.participant);
  if (seat == nullptr || seat->unit.session() != session->number) {
    return answer(move.request,
                  "the session " + move.session + " has no participant " + move.participant, {});
  }
  if (session->closed) {
    return answer(move.request, "the session is closed: rialto session reopen " + move.session, {});
  }
  if (seat->unit != from && pass_on(move, *seat)) return;
  answer(move.request, "the group of " + move.participant + " cannot be played: the log says why",
         {});
}

}  // namespace rialto
