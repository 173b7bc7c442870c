#include "actors/model.h"

#include <utility>

#include "actors/errors.h"
#include "actors/roster.h"

namespace rialto {

Column::Column(Model* owner, std::string_view name, bool personal)
    : owner_(owner),
      name_(name),
      personal_(personal),
      index_(static_cast<std::uint32_t>(owner->columns_.size())) {
  owner->columns_.push_back(this);
}

void Column::touch() { owner_->step().touch(*this); }

void Column::concern_step() const {
  if (!owner_->has_step()) return;
  owner_->step().concern(owner_->roster().seat_of(owner_->object_number()));
}

LogBase::LogBase(Model* owner, std::string_view name, std::vector<std::string> columns,
                 std::vector<std::string> types)
    : owner_(owner),
      name_(name),
      columns_(std::move(columns)),
      types_(std::move(types)),
      index_(static_cast<std::uint32_t>(owner->logs_.size())) {
  owner->logs_.push_back(this);
}

void LogBase::complete() const {
  if (!fetch_) return;
  const auto fetch = fetch_;
  std::vector<LogBase*> waiting;  // the fetch brings the rows of all logs of the unit
  owner_->roster().for_each([&waiting](const Model& model) {
    for (LogBase* log : model.logs()) {
      if (log->fetch_) waiting.push_back(log);
    }
  });
  for (LogBase* log : waiting) {
    log->fetch_ = nullptr;
    log->set_newer_aside();
  }
  fetch();
  for (LogBase* log : waiting) log->put_newer_back();
}

void LogBase::appended(std::string row_json) {
  owner_->step().appended(*this, std::move(row_json));
}

SessionValues& Model::session() { return roster().session_values(); }

const SessionValues& Model::session() const { return roster().session_values(); }

Step& Model::step() const {
  if (!step_) throw AppError("a group or player that belongs to no session cannot be changed");
  return *step_;
}

const Roster& Model::roster() const {
  if (!roster_) throw AppError("a group or player that belongs to no session has no others");
  return *roster_;
}

const Value& Model::config(std::string_view key) const { return roster().session().config(key); }

Value Model::config(std::string_view key, Value otherwise) const {
  const auto& values = roster().session().values;
  return values && values->contains(key) ? (*values)[key] : std::move(otherwise);
}

Payment Model::to_real_world_currency(Money amount) const {
  return roster().session().paid_out(amount);
}

void Model::belong(const Roster& roster, Step& step, std::uint32_t object_number) {
  roster_ = &roster;
  step_ = &step;
  object_number_ = object_number;
}

// -- groups
// ----------------------------------------------------------------------------------------

void GroupBase::seat(std::vector<PlayerBase*> players) {
  for (PlayerBase* const before : players_) {
    if (before->group_ != this) continue;
    before->group_ = nullptr;
    before->id_in_group_ = 0;
  }
  players_ = std::move(players);
  for (std::size_t i = 0; i < players_.size(); ++i) {
    players_[i]->group_ = this;
    players_[i]->id_in_group_ = static_cast<int>(i) + 1;
  }
}

void GroupBase::place(int round, int id_in_subsession) {
  round_ = round;
  id_in_subsession_ = id_in_subsession;
}

GroupBase& GroupBase::in_round_base(std::int64_t round) const {
  return roster().group(roster().checked_round(round), id_in_subsession_);
}

SubsessionBase& GroupBase::subsession_base() const { return roster().subsession(round_); }

PlayerBase& GroupBase::player_base(std::int64_t id_in_group) const {
  if (!has_player(id_in_group)) {
    throw AppError("there is no player " + std::to_string(id_in_group) +
                   " in this group, which has players 1 to " + std::to_string(players_.size()));
  }
  return *players_[static_cast<std::size_t>(id_in_group) - 1];
}

bool GroupBase::has_player(std::int64_t id_in_group) const {
  return id_in_group >= 1 && std::cmp_less_equal(id_in_group, players_.size());
}

// -- players
// ---------------------------------------------------------------------------------------

GroupBase& PlayerBase::group_base() const {
  if (group_ == nullptr) {
    throw AppError("participant " + participant_code() + " is in no group yet");
  }
  return *group_;
}

PlayerBase& PlayerBase::in_round_base(std::int64_t round) const {
  return roster().player(roster().checked_round(round), seat_);
}

SubsessionBase& PlayerBase::subsession_base() const { return roster().subsession(round_); }

Participant& PlayerBase::participant_base() const { return roster().participant(seat_); }

const std::string& PlayerBase::participant_code() const { return participant_base().code(); }

std::string PlayerBase::role() const {
  const std::vector<std::string>& roles = roster().app().roles;
  const auto index = static_cast<std::size_t>(id_in_group_) - 1;
  return index < roles.size() ? roles[index] : std::string();
}

void PlayerBase::place(int round, std::uint32_t seat) {
  round_ = round;
  seat_ = seat;
}

}  // namespace rialto
