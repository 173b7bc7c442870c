// Rooms and labels: which session a room has, and whose seat is whose.
#include "actors/session_book.h"
#include "storage/keys.h"

namespace rialto {

Result<void> SessionBook::check_room(const CreateSession& wish) const {
  const auto taken = rooms_.find(wish.room);
  if (wish.room.empty() || taken == rooms_.end()) return {};
  const std::string& code = sessions_.at(taken->second).code;
  return Error{ErrorKind::conflict, "the room " + wish.room + " has a session, " + code +
                                        "; end it (rialto session close " + code +
                                        ") or take it out (rialto room close " + wish.room + ")"};
}

std::optional<SessionBook::Admitted> SessionBook::admit(Session& session,
                                                        const std::string& label) {
  if (const auto known = session.by_label.find(label); known != session.by_label.end()) {
    return Admitted{known->second, {}};
  }
  std::vector<Seat>& seats = session.seats;
  while (session.next_free < seats.size() && seats[session.next_free].claimed) ++session.next_free;
  const auto is_free = [&](const Seat& seat) {
    return !seat.claimed && (label.empty() || seat.label.empty());
  };
  std::size_t index = session.next_free;
  while (index < seats.size() && !is_free(seats[index])) ++index;
  if (index == seats.size()) return std::nullopt;
  seats[index].claimed = true;
  const auto participant = static_cast<std::uint32_t>(index);
  Admitted admitted{index, {{keys::claim(session.number, participant), std::to_string(index)}}};
  if (!label.empty()) {
    session.label(index, label);
    admitted.writes.push_back({keys::label(session.number, participant), label});
  }
  return admitted;
}

std::optional<Write> SessionBook::name(const std::string& participant, const std::string& label) {
  const auto [number, index] = participants_.at(participant);
  Session& session = sessions_.at(number);
  if (!session.seats[index].label.empty() || session.by_label.contains(label)) return std::nullopt;
  session.label(index, label);
  return Write{keys::label(number, static_cast<std::uint32_t>(index)), label};
}

Session* SessionBook::in_room(const std::string& room) {
  const auto found = rooms_.find(room);
  return found == rooms_.end() ? nullptr : &sessions_.at(found->second);
}

const Seat* SessionBook::seat(const Session& session, const std::string& label,
                              const std::string& participant) const {
  if (!label.empty()) {
    const auto known = session.by_label.find(label);
    return known == session.by_label.end() ? nullptr : &session.seats[known->second];
  }
  const auto known = participants_.find(participant);
  if (known == participants_.end() || known->second.session != session.number) return nullptr;
  return &session.seats[known->second.index];
}

Write SessionBook::clear_room(Session& session) {
  rooms_.erase(session.room);
  session.room.clear();
  return {keys::session(session.number), session.stored_form()};
}

std::vector<std::pair<std::string, std::string>> SessionBook::rooms() const {
  std::vector<std::pair<std::string, std::string>> all;
  for (const auto& [room, number] : rooms_) all.emplace_back(room, sessions_.at(number).code);
  return all;
}

}  // namespace rialto
