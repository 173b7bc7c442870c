#include "actors/roster.h"

#include <stdexcept>

#include "actors/errors.h"

namespace rialto {

std::string_view to_string(Roster::Kind kind) {
  switch (kind) {
    case Roster::Kind::group:
      return "group";
    case Roster::Kind::player:
      return "player";
    case Roster::Kind::subsession:
      return "subsession";
    case Roster::Kind::participant:
      return "participant";
    case Roster::Kind::session:
      break;
  }
  return "session";
}

void Roster::label(std::size_t seat, const std::string& label) {
  session_.labels.resize(participants_.size());
  session_.labels[seat - 1] = label;
}

Roster::Roster(const AppModel& app, std::size_t players, Step& step, SessionFacts session)
    : app_(app),
      step_(step),
      session_(std::move(session)),
      whole_(app.whole()),
      example_group_(app.make_group()),
      rounds_(static_cast<std::size_t>(app.rounds)),
      session_values_(std::make_unique<SessionValues>(session_.board, session_.unit)) {
  session_.participants.resize(players);
  for (std::uint32_t seat = 1; seat <= players; ++seat) {
    participants_.push_back(std::make_unique<Participant>());
  }
  for (int round = 1; round <= app.rounds; ++round) make_round(round);
  for (std::uint32_t seat = 1; seat <= players; ++seat) {
    participants_[seat - 1]->place(seat);
    participants_[seat - 1]->belong(*this, step,
                                    static_cast<std::uint32_t>(rounds()) * block() + seat);
  }
  session_values_->belong(*this, step, static_cast<std::uint32_t>(rounds()) * block());
  step.begin_creating();
  for (int round = 1; round <= app.rounds; ++round) {
    if (whole_) {
      subsession(round).put(first_groups());
    } else {
      seat_groups(round, first_groups());
    }
  }
  step.keep();
}

Roster::~Roster() = default;

void Roster::make_round(int round) {
  Round& made = rounds_[static_cast<std::size_t>(round) - 1];
  const std::uint32_t first = static_cast<std::uint32_t>(round - 1) * block();
  made.subsession =
      app_.make_subsession ? app_.make_subsession() : std::make_unique<SubsessionBase>();
  made.subsession->place(round);
  made.subsession->belong(*this, step_, first);
  for (std::uint32_t seat = 1; seat <= players(); ++seat) {
    made.players.push_back(app_.make_player());
    made.players.back()->place(round, seat);
    made.players.back()->belong(*this, step_, first + seat);
  }
}

// As oTree groups: by their places in the session.
GroupMatrix Roster::first_groups() const {
  GroupMatrix groups;
  if (app_.groups_by_arrival()) return groups;
  const std::size_t size = whole_ && app_.players_per_group > 0
                               ? static_cast<std::size_t>(app_.players_per_group)
                               : players();
  for (std::uint32_t seat = 1; seat <= players(); ++seat) {
    if ((seat - 1) % size == 0) groups.emplace_back();
    groups.back().push_back(seat);
  }
  return groups;
}

void Roster::make_groups(int round, std::size_t count) {
  auto& groups = rounds_[static_cast<std::size_t>(round) - 1].groups;
  const std::uint32_t first = static_cast<std::uint32_t>(round - 1) * block();
  while (groups.size() < count) {
    groups.push_back(app_.make_group());
    const auto id = static_cast<std::uint32_t>(groups.size());
    groups.back()->place(round, static_cast<int>(id));
    groups.back()->belong(*this, step_,
                          whole_ ? first + static_cast<std::uint32_t>(players()) + id : first);
  }
}

void Roster::seat_groups(int round, const GroupMatrix& matrix) {
  make_groups(round, matrix.size());
  Round& here = rounds_[static_cast<std::size_t>(round) - 1];
  for (const auto& group : here.groups) group->seat({});
  for (std::size_t index = 0; index < matrix.size(); ++index) {
    std::vector<PlayerBase*> members;
    for (const std::uint32_t seat : matrix[index])
      members.push_back(here.players.at(seat - 1).get());
    here.groups[index]->seat(std::move(members));
  }
}

int Roster::checked_round(std::int64_t round) const {
  if (round < 1 || round > rounds()) {
    throw AppError("there is no round " + std::to_string(round) + ", the rounds are 1 to " +
                   std::to_string(rounds()));
  }
  return static_cast<int>(round);
}

PlayerBase& Roster::player(int round, std::uint32_t seat) const {
  return *rounds_.at(static_cast<std::size_t>(round) - 1).players.at(seat - 1);
}

SubsessionBase& Roster::subsession(int round) const {
  return *rounds_.at(static_cast<std::size_t>(round) - 1).subsession;
}

GroupBase& Roster::group(int round, int id_in_subsession) const {
  const auto& groups = rounds_.at(static_cast<std::size_t>(round) - 1).groups;
  if (id_in_subsession < 1 || std::cmp_greater(id_in_subsession, groups.size())) {
    throw AppError("there is no group " + std::to_string(id_in_subsession) + " in round " +
                   std::to_string(round));
  }
  return *groups[static_cast<std::size_t>(id_in_subsession) - 1];
}

int Roster::groups(int round) const {
  return static_cast<int>(rounds_.at(static_cast<std::size_t>(round) - 1).groups.size());
}

// -- objects by number
// -----------------------------------------------------------------------------

std::uint32_t Roster::block() const {
  return static_cast<std::uint32_t>(whole_ ? 2 * players() + 1 : players() + 1);
}

std::uint32_t Roster::object_end() const {
  return static_cast<std::uint32_t>(static_cast<std::size_t>(rounds()) * block() + players() + 1);
}

Roster::Kind Roster::kind_of(std::uint32_t number) const {
  const std::uint32_t after_rounds = static_cast<std::uint32_t>(rounds()) * block();
  if (number == after_rounds) return Roster::Kind::session;
  if (number > after_rounds) return Roster::Kind::participant;
  const std::uint32_t place = number % block();
  if (place == 0) return whole_ ? Roster::Kind::subsession : Roster::Kind::group;
  return place <= players() ? Roster::Kind::player : Roster::Kind::group;
}

std::uint32_t Roster::seat_of(std::uint32_t number) const {
  const std::uint32_t place = number % block();
  return place <= players() ? place : 0;
}

Model* Roster::find(std::uint32_t number) const {
  const std::uint32_t place = number % block();
  if (number >= object_end()) return nullptr;
  if (kind_of(number) == Roster::Kind::session) return session_values_.get();
  if (kind_of(number) == Roster::Kind::participant) return participants_[place - 1].get();
  const Round& round = rounds_[number / block()];
  if (place >= 1 && place <= players()) return round.players[place - 1].get();
  if (place == 0 && whole_) return round.subsession.get();
  const std::size_t index = place == 0 ? 0 : place - 1 - players();
  return index < round.groups.size() ? round.groups[index].get() : nullptr;
}

Model& Roster::object(std::uint32_t number) {
  if (number < object_end() && kind_of(number) == Roster::Kind::group && whole_) {
    make_groups(static_cast<int>(number / block()) + 1, number % block() - players());
  }
  if (Model* const model = find(number)) return *model;
  throw AppError("a unit of " + std::to_string(players()) + " players has no object " +
                 std::to_string(number));
}

Model& Roster::example(Roster::Kind kind) const {
  const Round& first = rounds_.front();
  switch (kind) {
    case Roster::Kind::group:
      return *example_group_;
    case Roster::Kind::player:
      return *first.players.front();
    case Roster::Kind::subsession:
      return *first.subsession;
    case Roster::Kind::participant:
      return *participants_.front();
    case Roster::Kind::session:
      break;
  }
  return *session_values_;
}

}  // namespace rialto
