// The typed face of all players of an app in one round, from which games that regroup derive:
// `struct Subsession : SubsessionOf<Group> {…}`, or SubsessionOf<Group> itself where it needs no
// columns. Owned by the unit, used by hooks on its thread. Guarantee: const hooks reach only const
// players and groups. Limitation: an app with a hook that takes one is one unit: one thing at a
// time happens in all of its groups.
#pragma once

#include <functional>
#include <vector>

#include "actors/group.h"
#include "actors/random.h"
#include "actors/subsession_base.h"

namespace rialto {

struct RandomGroups {
  bool fixed_id_in_group = false;  // everyone keeps the id_in_group: only partners change
};

template <class GroupType>
class SubsessionOf : public SubsessionBase {
 public:
  using Whole = GroupType;

  Ordinal round_number() const { return Ordinal(SubsessionBase::round_number()); }
  // In the order of their places in the session: `for (Player& player : subsession.players())`.
  auto players() { return all<typename GroupType::Seat>(); }
  auto players() const { return all<const typename GroupType::Seat>(); }
  // In the order of id_in_subsession.
  auto groups() { return each_group<GroupType>(); }
  auto groups() const { return each_group<const GroupType>(); }

  // For each group the players' ids in the subsession, in the order of id_in_group.
  std::vector<std::vector<int>> get_group_matrix() const {
    std::vector<std::vector<int>> ids;
    for (const auto& seats : matrix()) ids.emplace_back(seats.begin(), seats.end());
    return ids;
  }
  // AppError unless every player is in exactly one group.
  void set_group_matrix(const std::vector<std::vector<int>>& ids) {
    GroupMatrix seats;
    for (const auto& group : ids) seats.emplace_back(group.begin(), group.end());
    set_matrix(std::move(seats));
  }
  template <class Player>
  requires std::derived_from<Player, PlayerBase>
  void set_group_matrix(const std::vector<std::vector<Player*>>& groups) {
    GroupMatrix seats;
    for (const auto& group : groups) {
      seats.emplace_back();
      for (const Player* player : group) seats.back().push_back(player->seat());
    }
    set_matrix(std::move(seats));
  }
  void group_randomly(RandomGroups how = {}) { shuffle_groups(how.fixed_id_in_group); }
  void group_like_round(int round) { set_matrix(in_round_base(round).matrix()); }

  template <class Self = GroupType>
  const auto& in_round(int round) const {
    return static_cast<const SubsessionOf<Self>&>(in_round_base(round));
  }
  double now() const { return static_cast<double>(step().now()) / 1e6; }
  Random random() { return Random(step()); }
  // clang-format off
  template <Text advice = "this hook only reads: draw in creating_session or before_next_page, and keep it in a field">
  Random random() const = delete;  // this hook only reads: draw in creating_session or before_next_page, and keep it in a field
  // clang-format on

 private:
  template <class Player>
  auto all() const {
    std::vector<std::reference_wrapper<Player>> players;
    for (std::size_t id = 1; id <= player_count(); ++id) {
      players.push_back(static_cast<Player&>(player_base(static_cast<std::int64_t>(id))));
    }
    return players;
  }
  template <class Group>
  auto each_group() const {
    std::vector<std::reference_wrapper<Group>> groups;
    for (std::size_t id = 1; id <= group_count(); ++id) {
      groups.push_back(static_cast<Group&>(group_base(static_cast<std::int64_t>(id))));
    }
    return groups;
  }
};

}  // namespace rialto
