// What a session is, for those who ask: told some participants a turn, since one that asks about a
// large session is not to keep those waiting who play.
#include <algorithm>
#include <utility>

#include "actors/directory.h"

namespace rialto {
namespace {

constexpr std::size_t described_a_turn = 1000;
constexpr std::chrono::milliseconds between_turns{1};

}  // namespace

void Directory::on_describe(const DescribeSessions& question) {
  if (question.code.empty()) return describe_some(question);
  const Session* const session = book_->find(question.code);
  if (session == nullptr || (question.demo_only && !session->demo)) {
    return answer(question.request, "there is no session " + question.code, {});
  }
  if (question.places) return survey(*session, question.request);
  answer_described(question.request, *session);
}

void Directory::describe_some(const DescribeSessions& question) {
  const Session* const before = book_->find(question.after);
  if (before == nullptr && !question.after.empty()) {
    return answer(question.request, "there is no session " + question.after, {});
  }
  answer_when_durable({}, {question.request, {}, book_->describe_some(before, question.demo_only)});
}

void Directory::describe(const Session& session, std::function<void(Value)> then,
                         std::function<void(Value&, const Seat&)> add) {
  auto description = std::make_shared<Description>();
  description->session = session.number;
  description->value = session.describe_itself();
  description->add = std::move(add);
  description->then = std::move(then);
  go_on_describing(description);
}

void Directory::go_on_describing(const std::shared_ptr<Description>& description) {
  const Session& session = *book_->of(UnitId::of(description->session, 0));
  std::size_t& next = description->next;
  const std::size_t end = std::min(next + described_a_turn, session.seats.size());
  for (; next < end; ++next) {
    Value participant = session.describe_seat(next);
    if (description->add) description->add(participant, session.seats[next]);
    description->participants.append(std::move(participant));
  }
  if (next < session.seats.size()) {
    return go_on_soon([this, description] { go_on_describing(description); });
  }
  description->value.set("participants", std::move(description->participants));
  description->value.set("stuck", stuck_in(session));
  description->then(std::move(description->value));
}

void Directory::answer_described(std::uint64_t request, const Session& session) {
  describe(session, [this, request,
                     asker = caf::actor_cast<caf::actor>(current_sender())](Value description) {
    answer_when_durable({}, asker, {request, {}, std::move(description)});
  });
}

Value Directory::stuck_in(const Session& session) const {
  Value stuck = Value::empty_list();
  for (const UnitId unit : stuck_) {
    if (unit.session() != session.number) continue;
    const Stage& stage = session.stages[session.stage_of(unit)];
    stuck.append({{"app", stage.app}, {"group", unit.index() - stage.first_unit + 1}});
  }
  return stuck;
}

void Directory::go_on_soon(std::function<void()> rest) {
  delayed_send(this, between_turns, Rest{std::move(rest)});
}

}  // namespace rialto
