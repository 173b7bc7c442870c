// Players who are not there (rules.md 23): their pages begin and end without them, and in the end
// the experimenter moves them on, or drops them.
#include <algorithm>

#include "actors/stored_value.h"
#include "actors/unit.h"

namespace rialto {

void Unit::allow_grace(Record& record, std::uint32_t player, PageRef page) const {
  const PageModel* const model = page_model(page);
  // Who is to begin a session may take his time.
  if (model == nullptr || record.kind == RecordKind::created) return;
  if (!model->timeout && !model->group_timeout && !model->max_wait) return;
  const std::chrono::microseconds grace = setup_.limits->grace;
  const std::int64_t at = record.time + (is_away(player) ? 0 : grace.count());
  record.deadlines.push_back(Deadline{player, page, at});
}

// As in oTree, whose server loads the page in the place of who does not: what it does not show any
// more is passed by, all else begins.
StepResult Unit::begin_unseen(std::uint32_t player, std::int64_t now, std::string by) {
  const PageRef page = page_of(player);
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "away";
  record.input = std::move(by);
  if (timers_[player].at != 0) record.deadlines.push_back(Deadline{player, page, 0});
  roster_.participant(player).set_present(false);  // for the hooks that are asked
  return run(std::move(record), [&](Record& step) -> Refusal {
    const PageModel& model = *page_model(page);
    if (model.is_displayed && !model.wait && !model.is_displayed(seat(player, page))) {
      PageRef next = page;
      ++next.position;
      move_to(step, player, shown_from(player, next), {});
    } else {
      start_timeouts(step, page);
    }
    return {};
  });
}

StepResult Unit::advance(std::uint32_t player, std::int64_t now) {
  const PageRef page = page_of(player);
  const PageModel* const model = page_model(page);
  if (closed_ || !is_here(player) || model == nullptr) return {};
  const PageRef nowhere{0, 0};
  if (arrived_[player - 1] == nowhere && begun_[player - 1] == nowhere && setup_.first_stage) {
    return begin_unseen(player, now, "advanced");
  }
  if (model->wait) return {};
  return hand_in(player, draft(player), now, "advanced");
}

StepResult Unit::drop(std::uint32_t player, std::int64_t now) {
  to_drop_.erase(player);
  const PageRef page = page_of(player);
  if (closed_ || !is_here(player) || is_dropped(player) || page_model(page) == nullptr) return {};
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "dropped";
  roster_.participant(player).set_dropped(true);  // for the hooks that are asked
  return run(std::move(record), [&](Record& step) -> Refusal {
    // Who is in no group yet has no part in the game.
    if (app_->on_drop && seat(player, page).has_group()) app_->on_drop(seat(player, page));
    move_to(step, player, past_all(), {});
    // The others may be on a page whose time begins when all are there.
    std::set<Together> ready;
    for (std::uint32_t other = 1; other <= players(); ++other) {
      const PageRef there = page_of(other);
      const PageModel* const model = page_model(there);
      if (model == nullptr || !model->group_timeout || !has_begun(other, there)) continue;
      const Together together{there, holder_of(other, there)};
      if (together.second == holder_of(player, there)) ready.insert(together);
    }
    for (const Together& together : ready) start_group_time(step, together);
    return {};
  });
}

// What a record tells of who is there, and who is gone for good.
void Unit::note_gone(const Record& record) {
  const std::uint32_t player = record.player;
  if (player == 0) return;
  if (record.code == "arrived") arrived_[player - 1] = record.page;
  if (record.code == "away") begun_[player - 1] = record.page;
  if (record.code == "arrived" || record.code == "away") {
    wait_at(player, record.page);
    roster_.participant(player).set_present(!is_away(player));
  }
  if (record.code == "entered" && !record.failed && !record.input.empty()) {
    const Value baggage = read_stored(record.input);
    if (baggage.get("dropped", false)) to_drop_.insert(player);
  }
  if (record.code == "dropped") {
    roster_.participant(player).set_dropped(!record.failed);
    to_drop_.erase(player);
    (record.failed ? failed_drops_ : dropped_).insert(player);
  }
  if (record.code == "retry" && failed_drops_.erase(player) != 0) to_drop_.insert(player);
}

std::vector<std::uint32_t> Unit::others_of(std::uint32_t player, PageRef page) const {
  std::vector<std::uint32_t> others;
  if (page_model(page) == nullptr || !seat(player, page).has_group()) return others;
  const GroupBase& group = seat(player, page).group_base();
  for (std::size_t id = 1; id <= group.player_count(); ++id) {
    others.push_back(group.player_base(static_cast<std::int64_t>(id)).seat());
  }
  std::erase(others, player);
  return others;
}

bool Unit::has_lost_somebody(std::uint32_t player, PageRef page) const {
  const PlayerBase& who = seat(player, page);
  return std::ranges::any_of(dropped_, [&](std::uint32_t each) {
    const PlayerBase& other = seat(each, page);
    const bool both_play = each != player && who.has_group() && other.has_group();
    return both_play && &who.group_base() == &other.group_base();
  });
}

Value Unit::gone_value() const {
  const auto numbers = [](const std::set<std::uint32_t>& seats) {
    return Value(std::vector(seats.begin(), seats.end()));
  };
  Value begun = Value::empty_list();
  for (std::uint32_t player = 1; player <= players(); ++player) {
    begun.append(list(int{begun_[player - 1].round}, int{begun_[player - 1].position}));
  }
  return {{"begun", std::move(begun)},
          {"since", Value(since_)},
          {"dropped", numbers(dropped_)},
          {"to_drop", numbers(to_drop_)},
          {"failed_drops", numbers(failed_drops_)}};
}

void Unit::restore_gone(const Value& gone) {
  for (std::uint32_t player = 1; player <= players(); ++player) {
    const Value& begun = gone["begun"][player - 1];
    begun_[player - 1] = {begun[0].as<std::uint16_t>(), begun[1].as<std::uint16_t>()};
    since_[player - 1] = gone["since"][player - 1].as<std::int64_t>();
    roster_.participant(player).set_present(!is_away(player));
  }
  const auto seats = [&](const char* name) {
    const auto numbers = gone[name].as<std::vector<std::uint32_t>>();
    return std::set(numbers.begin(), numbers.end());
  };
  dropped_ = seats("dropped");
  to_drop_ = seats("to_drop");
  failed_drops_ = seats("failed_drops");
  for (const std::uint32_t player : dropped_) roster_.participant(player).set_dropped(true);
}

Value Unit::baggage(std::uint32_t player) const {
  Value baggage = roster_.participant(player).baggage();
  if (is_dropped(player)) baggage.set("dropped", true);
  return baggage;
}

}  // namespace rialto
