// Players who wait for each other: when all have come, and who becomes a group.
#include <algorithm>

#include "actors/errors.h"
#include "actors/unit.h"
#include "actors/wait_page.h"

namespace rialto {

StepResult Unit::follow_up(std::int64_t now) {
  while (!to_drop_.empty() && !closed_) {
    StepResult dropped = drop(*to_drop_.begin(), now);
    if (dropped.record) return dropped;
  }
  while (!to_check_.empty() && !closed_) {
    const Together next = *to_check_.begin();
    to_check_.erase(to_check_.begin());
    const PageModel* const model = page_model(next.first);
    if (!waiting_.contains(next.first)) continue;
    const bool grouping = model->group_by_arrival_time && next.second == 0 && roster_.whole();
    // A room whose method has failed is tried again with each who comes, too.
    if (stuck_.contains(next) && !grouping) continue;
    StepResult result = grouping ? make_group(next.first, now) : all_arrived(next, now);
    if (result.record) return result;
  }
  return {};
}

StepResult Unit::all_arrived(const Together& together, std::int64_t now) {
  const auto& [page, holder] = together;
  const PageModel& model = *page_model(page);
  // Who is in no group waits with nobody.
  if (roster_.whole() && holder == 0 && !model.wait_for_all_groups) return {};
  const std::vector<std::uint32_t> members = members_of(together);
  if (!any_waits_at(page, members) || !all_are_at(page, members)) return {};
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "all_arrived";
  if (holder != 0) record.input = std::to_string(holder);
  return run(std::move(record), [&](Record& step) -> Refusal {
    if (model.after_all_groups_arrive) {
      model.after_all_groups_arrive(roster_.subsession(page.round));
    }
    if (model.after_all_players_arrive) {
      for (GroupBase* const group : groups_of(together)) model.after_all_players_arrive(*group);
    }
    for (const std::uint32_t player : members) {
      if (page_of(player) == page) move(step, player);
    }
    return {};
  });
}

// Others may wait on that page when all of these have been there and gone on.
bool Unit::any_waits_at(PageRef page, const std::vector<std::uint32_t>& players) const {
  return std::any_of(players.begin(), players.end(), [&](std::uint32_t player) {
    return page_of(player) == page && waits_[player - 1];
  });
}

// Who has gone past a wait page, or does not see it, has been there.
bool Unit::all_are_at(PageRef page, const std::vector<std::uint32_t>& players) const {
  return std::all_of(players.begin(), players.end(), [&](std::uint32_t player) {
    return page_of(player) > page || (page_of(player) == page && waits_[player - 1]);
  });
}

Unit::Holder Unit::holder_of(const GroupBase& group) const {
  if (!roster_.whole()) return 0;
  return static_cast<Holder>(players()) + static_cast<Holder>(group.id_in_subsession());
}

Unit::Holder Unit::holder_of(std::uint32_t player, PageRef page) const {
  const PlayerBase& who = seat(player, page);
  const PageModel* const model = page_model(page);
  if (!who.has_group() || (model != nullptr && model->wait_for_all_groups)) return 0;
  return holder_of(who.group_base());
}

std::vector<GroupBase*> Unit::groups_of(const Together& together) const {
  const auto& [page, holder] = together;
  if (!roster_.whole()) return {&roster_.group(page.round, 1)};
  if (holder > players()) {
    return {&roster_.group(page.round, static_cast<int>(holder - players()))};
  }
  std::vector<GroupBase*> groups;
  const SubsessionBase& all = roster_.subsession(page.round);
  for (std::size_t id = 1; id <= all.group_count(); ++id) {
    groups.push_back(&all.group_base(static_cast<std::int64_t>(id)));
  }
  return groups;
}

std::vector<std::uint32_t> Unit::members_of(const Together& together) const {
  std::vector<std::uint32_t> seats;
  if (together.second == 0) {
    for (std::uint32_t seat = 1; seat <= players(); ++seat) seats.push_back(seat);
    return seats;
  }
  const GroupBase& group = *groups_of(together).front();
  for (std::size_t id = 1; id <= group.player_count(); ++id) {
    seats.push_back(group.player_base(static_cast<std::int64_t>(id)).seat());
  }
  return seats;
}

// -- groups by arrival time
// ------------------------------------------------------------------------

// The group is made in one step, and its hook runs in another: if that fails, the room goes on.
StepResult Unit::make_group(PageRef page, std::int64_t now) {
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "grouped";
  std::vector<std::uint32_t> seats;
  const RunningInput input = running(0, page, "choosing", digest(who_waits(page)));
  std::string problem = refusal(input);
  step_.open(record.time, seed_of(record.sequence));
  try {
    const RunningSlots::Guard guard(setup_.slots, input);
    if (problem.empty()) seats = choose_group(page);
  } catch (...) {
    problem = what_is_caught();
  }
  step_.roll_back();
  if (seats.empty() && problem.empty()) {
    roster_.session_values().forget();
    return {};
  }
  auto make = [&](Record&) -> Refusal {
    if (!problem.empty()) throw AppError(problem);
    begin_group(page, seats);
    return {};
  };
  StepResult result = run(std::move(record), make, input.number);
  if (!result.record->failed) {
    to_check_.insert({page, holder_of(seats.front(), page)});
    to_check_.insert({page, 0});
  }
  return result;
}

// Those of whom a group is made now, as bytes. With somebody else among them the game may choose
// where it crashed before.
std::string Unit::who_waits(PageRef page) const {
  std::string seats;
  for (const std::uint32_t player : waiting_.at(page)) {
    if (present_[player - 1] && is_waiting_for_group(player)) seats += std::to_string(player) + ' ';
  }
  return seats;
}

bool Unit::is_waiting_for_group(std::uint32_t player) const {
  const PageModel* const model = page_model(page_of(player));
  return model != nullptr && model->group_by_arrival_time &&
         !seat(player, page_of(player)).has_group();
}

std::vector<std::uint32_t> Unit::choose_group(PageRef page) const {
  const PageModel& model = *page_model(page);
  GroupingMethod::Seats waiting;
  for (const std::uint32_t player : waiting_.at(page)) {
    if (present_[player - 1] && is_waiting_for_group(player)) {
      waiting.push_back(&seat(player, page));
    }
  }
  if (!model.choose_group) {
    const auto size = static_cast<std::size_t>(app_->players_per_group);
    if (waiting.size() < size) return {};
    waiting.resize(size);
  } else if (!waiting.empty()) {
    const SubsessionBase& all = roster_.subsession(page.round);
    const GroupingMethod::Seats chosen = model.choose_group(all, waiting);
    for (const PlayerBase* player : chosen) {
      const bool waits = std::count(waiting.begin(), waiting.end(), player) == 1;
      if (!waits || std::count(chosen.begin(), chosen.end(), player) != 1) {
        throw AppError("group_by_arrival_time_method of " + model.name +
                       " may choose each of those who wait once, and nobody else");
      }
    }
    waiting = chosen;
  }
  std::vector<std::uint32_t> seats;
  for (const PlayerBase* player : waiting) seats.push_back(player->seat());
  return seats;
}

// The players are a group in this round and, unless each makes its own, in those that follow.
void Unit::begin_group(PageRef page, const std::vector<std::uint32_t>& seats) {
  const int last = page_model(page)->every_round ? page.round : roster_.rounds();
  for (int round = page.round; round <= last; ++round) {
    SubsessionBase& all = roster_.subsession(round);
    if (roster_.player(round, seats.front()).has_group()) continue;
    GroupMatrix groups = all.matrix();
    groups.push_back(seats);
    all.put(std::move(groups));
    if (app_->creating_session) {
      app_->creating_session(all.group_base(static_cast<std::int64_t>(all.group_count())));
    }
  }
}

StepResult Unit::presence(std::uint32_t player, bool here, std::int64_t now) {
  if (closed_ || present_[player - 1] == here || !is_waiting_for_group(player)) return {};
  Record record = begin(RecordKind::event, player, page_of(player), now);
  record.code = here ? "present" : "absent";
  if (here) ask_again_later(record, record.page);
  finish(record);
  return {std::move(record), {}, {}, {}};
}

}  // namespace rialto
