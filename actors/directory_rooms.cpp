// Rooms: who waits there, who gets which seat.
#include <spdlog/spdlog.h>

#include "actors/directory.h"

namespace rialto {

void Directory::on_visit(const VisitRoom& visit) {
  Session* const session = book_->in_room(visit.room);
  if (session == nullptr) {
    if (!visit.visitor.empty()) {
      presence_.seen(visit.room, visit.visitor, setup_->clock->now());
    }
    return answer(visit.request, {}, {{"open", false}});
  }
  presence_.forget(visit.room);
  if (!session->can_be_played()) {
    return answer(visit.request, {}, {{"open", true}, {"failed", true}});
  }
  Value result = {{"open", true}};
  std::vector<Write> writes;
  std::string participant = visit.participant;
  if (participant.empty() && visit.enter) participant = seat_of_visitor(*session, visit.visitor);
  if (const Seat* const seat = book_->seat(*session, visit.label, participant)) {
    result.set("participant", seat->code);
  } else if (visit.enter) {
    if (auto admitted = admit(*session, visit.label)) {
      const std::string& code = session->seats[admitted->participant].code;
      result.set("participant", code);
      remember_visitor(*session, visit.visitor, code);
      writes = std::move(admitted->writes);
    } else {
      result.set("full", true);
    }
  }
  // The commit of the session itself may still be on its way: the answer goes after it.
  answer_when_durable(std::move(writes), {visit.request, {}, std::move(result)});
}

std::string Directory::seat_of_visitor(const Session& session, const std::string& visitor) const {
  const auto seated = seated_visitors_.find({session.code, visitor});
  return seated == seated_visitors_.end() ? std::string() : seated->second;
}

void Directory::remember_visitor(const Session& session, const std::string& visitor,
                                 const std::string& participant) {
  if (!visitor.empty()) seated_visitors_.emplace(std::pair(session.code, visitor), participant);
}

std::optional<SessionBook::Admitted> Directory::admit(Session& session, const std::string& label) {
  auto admitted = book_->admit(session, label);
  if (admitted && !admitted->writes.empty() && !label.empty()) {
    tell_label(session, admitted->participant);
  }
  return admitted;
}

void Directory::give_label(const OpenPage& open) {
  const Seat& seat = *book_->seat(open.participant);
  if (std::optional<Write> write = book_->name(open.participant, open.label)) {
    store({std::move(*write)});
    const Session& session = *book_->of(seat.unit);
    const auto index = static_cast<std::size_t>(&seat - session.seats.data());
    tell_label(session, index);
  } else if (seat.label != open.label) {
    spdlog::warn("participant {}: the label of the link was not given, {}", open.participant,
                 seat.label.empty() ? "another participant of the session has it"
                                    : "the participant has one already");
  }
}

void Directory::tell_label(const Session& session, std::size_t participant) {
  for (std::uint32_t stage = 0; stage < session.stages.size(); ++stage) {
    const auto [unit, player] = session.place(participant, stage);
    if (awake_.contains(unit)) tell(unit, Labelled{player, session.seats[participant].label});
  }
}

void Directory::on_clear(const ClearRoom& clear) {
  Session* const session = book_->in_room(clear.room);
  if (session == nullptr) {
    return answer(clear.request, "the room " + clear.room + " has no session", {});
  }
  Write write = book_->clear_room(*session);
  store({std::move(write)});
  answer_described(clear.request, *session);
}

void Directory::on_describe_rooms(const DescribeRooms& question) {
  Value rooms = Value::object();
  const std::int64_t now = setup_->clock->now();
  for (const std::string& room : presence_.rooms()) {
    rooms.set(room, {{"present", Value(presence_.present(room, now))}});
  }
  for (const auto& [room, session] : book_->rooms()) {
    rooms.set(room, {{"session", session}, {"present", Value::empty_list()}});
  }
  answer_when_durable({}, {question.request, {}, std::move(rooms)});
}

}  // namespace rialto
