#include "actors/subsession_base.h"

#include <algorithm>
#include <iterator>

#include "actors/errors.h"
#include "actors/random.h"
#include "actors/roster.h"
#include "actors/stored_value.h"

namespace rialto {

GroupsColumn::GroupsColumn(SubsessionBase* owner) : Column(owner, "groups") {}

SubsessionBase& GroupsColumn::subsession() const { return static_cast<SubsessionBase&>(owner()); }

void GroupsColumn::set(GroupMatrix groups) {
  record();
  groups_ = std::move(groups);
  auto& roster = const_cast<Roster&>(owner().roster());
  roster.seat_groups(subsession().round_number(), groups_);
  // A group that begins now has its first values in this step's record.
  for (std::size_t made = saved_.size() + 1; made <= groups_.size(); ++made) {
    const GroupBase& group = roster.group(subsession().round_number(), static_cast<int>(made));
    for (Column* const column : group.columns()) column->record();
  }
}

void GroupsColumn::record() {
  if (touched_) return;
  touch();
  saved_ = groups_;
  touched_ = true;
}

void GroupsColumn::roll_back() noexcept {
  groups_ = std::move(saved_);
  const_cast<Roster&>(owner().roster()).seat_groups(subsession().round_number(), groups_);
  touched_ = false;
}

Value GroupsColumn::shown() const {
  Value groups = Value::empty_list();
  for (const auto& seats : groups_) groups.append(Value(seats));
  return groups;
}

std::string GroupsColumn::to_json() const { return shown().dump(); }

void GroupsColumn::from_json(std::string_view json) {
  groups_.clear();
  for (const Value& seats : read_stored(json)) {
    auto& group = groups_.emplace_back();
    for (const Value& seat : seats) group.push_back(seat.as<std::uint32_t>());
  }
  const_cast<Roster&>(owner().roster()).seat_groups(subsession().round_number(), groups_);
}

SubsessionBase& SubsessionBase::in_round_base(std::int64_t round) const {
  return roster().subsession(roster().checked_round(round));
}

std::size_t SubsessionBase::player_count() const { return roster().players(); }

PlayerBase& SubsessionBase::player_base(std::int64_t id_in_subsession) const {
  if (id_in_subsession < 1 || std::cmp_greater(id_in_subsession, player_count())) {
    throw AppError("there is no player " + std::to_string(id_in_subsession) +
                   " in this subsession, which has players 1 to " + std::to_string(player_count()));
  }
  return roster().player(round_, static_cast<std::uint32_t>(id_in_subsession));
}

GroupBase& SubsessionBase::group_base(std::int64_t id_in_subsession) const {
  if (id_in_subsession < 1 || std::cmp_greater(id_in_subsession, group_count())) {
    throw AppError("there is no group " + std::to_string(id_in_subsession) +
                   " in this subsession, which has groups 1 to " + std::to_string(group_count()));
  }
  return roster().group(round_, static_cast<int>(id_in_subsession));
}

void SubsessionBase::check_whole() const {
  if (roster().whole()) return;
  throw AppError(
      "players change groups where a hook of the app sees them all: make it "
      "creating_session(Subsession& subsession)");
}

void SubsessionBase::set_players(std::int64_t id_in_subsession,
                                 const std::vector<std::uint32_t>& seats) {
  check_whole();
  const auto is_in = [](const std::vector<std::uint32_t>& group, std::uint32_t seat) {
    return std::ranges::find(group, seat) != group.end();
  };
  GroupMatrix groups = matrix();
  std::vector<std::uint32_t>& here = groups.at(static_cast<std::size_t>(id_in_subsession) - 1);
  std::vector<std::uint32_t> going;
  std::ranges::copy_if(here, std::back_inserter(going),
                       [&](std::uint32_t seat) { return !is_in(seats, seat); });
  auto next = going.begin();
  for (auto& group : groups) {
    if (&group == &here) continue;
    for (auto seat = group.begin(); seat != group.end();) {
      if (!is_in(seats, *seat)) {
        ++seat;
      } else if (next != going.end()) {
        *seat++ = *next++;
      } else {
        seat = group.erase(seat);
      }
    }
  }
  here = seats;
  set_matrix(std::move(groups));
}

void SubsessionBase::set_matrix(GroupMatrix groups) {
  check_whole();
  std::vector<std::uint32_t> all;
  for (const auto& seats : groups) {
    if (seats.empty()) throw AppError("the group matrix has a group of nobody");
    all.insert(all.end(), seats.begin(), seats.end());
  }
  std::sort(all.begin(), all.end());
  for (std::uint32_t seat = 1; seat <= player_count() || seat <= all.size(); ++seat) {
    if (seat <= all.size() && all[seat - 1] == seat) continue;
    throw AppError("the group matrix must have each of the players 1 to " +
                   std::to_string(player_count()) + " exactly once");
  }
  put(std::move(groups));
}

void SubsessionBase::shuffle_groups(bool fixed_id_in_group) {
  check_whole();
  GroupMatrix groups = matrix();
  Random random(step());
  std::vector<std::vector<std::uint32_t*>> exchanged(1);  // places whose players change with others
  for (auto& seats : groups) {
    for (std::size_t id = 0; id < seats.size(); ++id) {
      const std::size_t with = fixed_id_in_group ? id : 0;
      if (exchanged.size() <= with) exchanged.resize(with + 1);
      exchanged[with].push_back(&seats[id]);
    }
  }
  for (const auto& places : exchanged) {
    std::vector<std::uint32_t> seats;
    for (const std::uint32_t* place : places) seats.push_back(*place);
    random.shuffle(seats);
    for (std::size_t i = 0; i < places.size(); ++i) *places[i] = seats[i];
  }
  put(std::move(groups));
}

}  // namespace rialto
