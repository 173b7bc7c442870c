#include "actors/model.h"

#include <cassert>
#include <utility>

#include "actors/errors.h"

namespace rialto {

Column::Column(Model* owner, std::string_view name, bool personal)
    : owner_(owner),
      name_(name),
      personal_(personal),
      index_(static_cast<std::uint32_t>(owner->columns_.size())) {
  owner->columns_.push_back(this);
}

void Column::touch() { owner_->step().touch(*this); }

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
  const auto note = [&waiting](const Model& model) {
    for (LogBase* log : model.logs()) {
      if (log->fetch_) waiting.push_back(log);
    }
  };
  const GroupBase& here = *owner_->group_;
  for (int round = 1; round <= here.last_round(); ++round) {
    const GroupBase& group = round == here.round_number() ? here : here.in_round_base(round);
    note(group);
    for (std::size_t id = 1; id <= group.player_count(); ++id) {
      note(group.player_base(static_cast<std::int64_t>(id)));
    }
  }
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

Step& Model::step() const {
  if (!step_) throw AppError("a group or player that belongs to no session cannot be changed");
  return *step_;
}

void GroupBase::seat(std::vector<std::unique_ptr<PlayerBase>> players) {
  assert(players_.empty());
  players_ = std::move(players);
  group_ = this;
  for (std::size_t i = 0; i < players_.size(); ++i) {
    players_[i]->group_ = this;
    players_[i]->id_in_group_ = static_cast<int>(i) + 1;
    players_[i]->object_number_ = static_cast<std::uint32_t>(i) + 1;
  }
}

void GroupBase::set_round(const std::vector<std::unique_ptr<GroupBase>>& rounds, int round) {
  rounds_ = &rounds;
  round_ = round;
  object_number_ = static_cast<std::uint32_t>((round - 1) * (std::ssize(players_) + 1));
  for (const auto& player : players_) {
    player->object_number_ = object_number_ + static_cast<std::uint32_t>(player->id_in_group_);
  }
}

GroupBase& GroupBase::in_round_base(std::int64_t round) const {
  if (rounds_ == nullptr || round < 1 || round > last_round()) {
    throw AppError("there is no round " + std::to_string(round) + ", the rounds are 1 to " +
                   std::to_string(last_round()));
  }
  return *(*rounds_)[static_cast<std::size_t>(round) - 1];
}

int GroupBase::last_round() const {
  return rounds_ == nullptr ? 1 : static_cast<int>(rounds_->size());
}

void GroupBase::attach(Step& step) {
  step_ = &step;
  for (const auto& player : players_) player->step_ = &step;
}

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

}  // namespace rialto
