// All players of an app in one round and the groups they are in, type-erased; SubsessionOf<Group>
// (subsession.h) is its typed face. Owned by the unit's roster, on its thread. Guarantee: who is in
// which group changes with the step, and is rolled back with it.
#pragma once

#include <cstdint>
#include <vector>

#include "actors/model.h"

namespace rialto {

// For each group, in the order of id_in_subsession, the seats of its players, in the order of
// id_in_group.
using GroupMatrix = std::vector<std::vector<std::uint32_t>>;

// The groups of a round as a column, so that records hold them.
class GroupsColumn final : public Column {
 public:
  explicit GroupsColumn(SubsessionBase* owner);

  const GroupMatrix& get() const { return groups_; }
  void set(GroupMatrix groups);

  std::string_view type() const override { return "value"; }
  std::string to_json() const override;
  Value shown() const override;
  void from_json(std::string_view json) override;
  void roll_back() noexcept override;
  void keep() noexcept override { touched_ = false; }
  void record() override;

 private:
  SubsessionBase& subsession() const;

  GroupMatrix groups_;
  GroupMatrix saved_;
  bool touched_ = false;
};

class SubsessionBase : public Model {
 public:
  int round_number() const { return round_; }
  void place(int round) { round_ = round; }  // called once by the roster
  SubsessionBase& in_round_base(std::int64_t round) const;

  std::size_t player_count() const;
  PlayerBase& player_base(std::int64_t id_in_subsession) const;
  std::size_t group_count() const { return groups_.get().size(); }
  GroupBase& group_base(std::int64_t id_in_subsession) const;

  // Seats by group. Set: every player in exactly one group, none empty; AppError says what is not
  // so. `put` is the same unchecked: in a waiting room not everyone is in a group.
  const GroupMatrix& matrix() const { return groups_.get(); }
  void set_matrix(GroupMatrix groups);
  // One group's seats; who comes and who goes change places.
  void set_players(std::int64_t id_in_subsession, const std::vector<std::uint32_t>& seats);
  void put(GroupMatrix groups) { groups_.set(std::move(groups)); }
  // Groups of the same sizes with other members; `fixed_id_in_group`: everyone keeps that number.
  void shuffle_groups(bool fixed_id_in_group);

 private:
  void check_whole() const;

  GroupsColumn groups_{this};
  int round_ = 1;
};

}  // namespace rialto
