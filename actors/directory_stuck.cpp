// Units whose wait pages have failed: known, and tried again when the experimenter says so.
#include "actors/directory.h"

namespace rialto {

// Answered when all of them have tried again, durably.
void Directory::on_retry(const RetrySession& retry) {
  const Session* const session = book_->find(retry.code);
  if (session == nullptr) return answer(retry.request, "there is no session " + retry.code, {});
  if (session->closed) {
    return answer(retry.request, "the session is closed: rialto session reopen " + retry.code, {});
  }
  describe(*session, [this, request = retry.request, number = session->number,
                      asker = caf::actor_cast<caf::actor>(current_sender())](Value description) {
    description.set("retried", description["stuck"].size());
    retry_units(number, {asker, {request, {}, std::move(description)}, {}});
  });
}

void Directory::retry_units(std::uint32_t session, Retrying retrying) {
  for (const UnitId id : stuck_) {
    if (id.session() != session) continue;
    Awake* const unit = wake(id);
    if (unit == nullptr) continue;
    retrying.units.insert(id);
    ++unit->passed_on;
    caf::anon_send(unit->actor, retry_atom::value);
  }
  if (retrying.units.empty()) {
    return answer_when_durable({}, retrying.to, std::move(retrying.answer));
  }
  retrying_.push_back(std::move(retrying));
}

void Directory::on_retried(UnitId unit) {
  std::erase_if(retrying_, [unit](Retrying& each) {
    if (each.units.erase(unit) == 0 || !each.units.empty()) return false;
    caf::anon_send(each.to, std::move(each.answer));
    return true;
  });
}

void Directory::on_stuck(UnitId unit, bool stuck) {
  if (stuck) stuck_.insert(unit);
  if (!stuck) stuck_.erase(unit);
}

}  // namespace rialto
