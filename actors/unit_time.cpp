// Times that run: each player's own on a page, a group's, and how long somebody waits for a group.
#include <algorithm>
#include <utility>

#include "actors/unit.h"

namespace rialto {

void Unit::start_timeouts(Record& record, PageRef page) {
  const PageModel& model = *page_model(page);
  if (model.timeout) {
    if (const auto time = model.timeout(seat(record.player, page))) {
      record.deadlines.push_back(Deadline{record.player, page, record.time + time->count()});
    }
  }
  if (model.max_wait && is_waiting_for_group(record.player)) {
    record.deadlines.push_back(
        Deadline{record.player, page, record.time + model.max_wait->count()});
  }
  ask_again_later(record, page);
  if (model.group_timeout) start_group_time(record, {page, holder_of(record.player, page)});
}

void Unit::start_group_time(Record& record, const Together& together) const {
  const auto& [page, holder] = together;
  const bool in_no_group = roster_.whole() && holder == 0;
  if (in_no_group || timers_[holder].at != 0) return;
  for (const std::uint32_t player : members_of(together)) {
    const bool has_been_there = has_begun(player, page) || page_of(player) > page;
    if (player != record.player && !has_been_there) return;
  }
  const std::int64_t at = record.time + page_model(page)->group_timeout->count();
  record.deadlines.push_back(Deadline{holder, page, at});
}

StepResult Unit::time_out(std::int64_t now) {
  if (closed_) return {};
  now = std::max(now, last_time_);  // as the record will say: played again, the same is due
  if (const std::uint32_t player = std::exchange(refused_in_time_, 0)) {
    if (timers_[player].at != 0) return spend_time(player, now);
  }
  for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
    if (timers_[timer].at == 0 || now < due(timer)) continue;
    const bool of_player = timer >= 1 && timer <= players();
    if (!of_player) return time_out_group(static_cast<Holder>(timer), now);
    return time_out_player(static_cast<std::uint32_t>(timer), now);
  }
  return {};
}

StepResult Unit::time_out_player(std::uint32_t player, std::int64_t now) {
  const PageRef page = timers_[player].page;
  if (is_in_grace(player)) return begin_unseen(player, now);
  if (page_model(page)->wait) return waited_too_long(player, page, now);
  StepResult result = submit(player, page, draft(player), now, true);
  if (!result.record) return spend_time(player, now);
  if (page_of(player) == page) refused_in_time_ = player;
  return result;
}

// A hook of the page did not let the player go on: the time was up once, the page stays to be
// submitted. Of a process that ends between the two records the page's time is up again.
StepResult Unit::spend_time(std::uint32_t player, std::int64_t now) {
  const PageRef page = timers_[player].page;
  Record spent = begin(RecordKind::event, player, page, now);
  spent.code = "timeout";
  spent.failed = true;
  spent.deadlines.push_back(Deadline{player, page, 0});
  finish(spent);
  return {std::move(spent), {}, {}, {}};
}

StepResult Unit::waited_too_long(std::uint32_t player, PageRef page, std::int64_t now) {
  Record record = begin(RecordKind::event, player, page, now);
  record.code = "waited_too_long";
  record.deadlines.push_back(Deadline{player, page, 0});
  if (is_waiting_for_group(player)) {
    const auto& pages = app_->pages;
    const std::string& name = page_model(page)->exit_page;
    const auto is_exit = [&](const PageModel& each) { return each.name == name; };
    const auto exit = std::find_if(pages.begin(), pages.end(), is_exit) - pages.begin();
    move_to(record, player, {page.round, static_cast<std::uint16_t>(exit)}, {});
  }
  finish(record);
  return {std::move(record), {}, {}, {}};
}

StepResult Unit::time_out_group(Holder holder, std::int64_t now) {
  const PageRef page = timers_[holder].page;
  if (is_asked_again(page)) return ask_again(page, now);
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "timeout";
  if (holder != 0) record.input = std::to_string(holder);
  record.deadlines.push_back(Deadline{holder, page, 0});
  const PageModel& model = app_->pages[page.position];
  return run(std::move(record), [&](Record& step) -> Refusal {
    if (model.on_timeout) model.on_timeout(*groups_of({page, holder}).front());
    for (const std::uint32_t player : members_of({page, holder})) {
      if (page_of(player) == page) move(step, player);
    }
    return {};
  });
}

// The game says who is a group, perhaps by how long they have waited: it is asked again and again
// while somebody is there.
bool Unit::is_asked_again(PageRef page) const {
  const PageModel* const model = page_model(page);
  return model != nullptr && model->group_by_arrival_time && model->choose_group;
}

void Unit::ask_again_later(Record& record, PageRef page) const {
  if (!is_asked_again(page) || timers_[0].at != 0) return;
  const std::chrono::microseconds later = setup_.limits->grouping;
  record.deadlines.push_back(Deadline{0, page, record.time + later.count()});
}

StepResult Unit::ask_again(PageRef page, std::int64_t now) {
  const auto waiting = waiting_.find(page);
  const bool somebody =
      waiting != waiting_.end() && std::ranges::any_of(waiting->second, [&](std::uint32_t player) {
        return present_[player - 1] && is_waiting_for_group(player);
      });
  Record record = begin(RecordKind::event, 0, page, now);
  record.code = "ask_again";
  const std::chrono::microseconds later = setup_.limits->grouping;
  record.deadlines.push_back(Deadline{0, page, somebody ? record.time + later.count() : 0});
  finish(record);
  return {std::move(record), {}, {}, {}};
}

StepResult Unit::outage(const OutageSpan& outage, std::int64_t now) {
  if (closed_) return {};
  const std::int64_t until = outage.until;
  std::int64_t length = until - std::max(outage.from, last_time_);
  if (length <= 0 || deadline() == 0) return {};
  // What the game lets go on is the time itself, not what a clock was set forward by.
  if (app_->outage == Outage::time_goes_on) length -= outage.lasted;
  if (length <= (app_->outage == Outage::time_goes_on ? clocks_differ : 0)) return {};
  return later("outage", length, std::max(now, until));
}

// As an outage, whatever the game says of those: the experimenter has stopped all clocks.
StepResult Unit::reopen(const Closure& closure, std::int64_t now) {
  const std::int64_t length = closure.until - std::max(closure.from, last_time_);
  if (length <= 0) return {};
  return later("reopened", length, std::max(now, closure.until));
}

StepResult Unit::later(const char* code, std::int64_t length, std::int64_t now) {
  Record record = begin(RecordKind::event, 0, PageRef{}, now);
  record.code = code;
  record.input = std::to_string(length);
  for (Holder holder = 0; holder < timers_.size(); ++holder) {
    const Timer& timer = timers_[holder];
    if (timer.at != 0) record.deadlines.push_back(Deadline{holder, timer.page, timer.at + length});
  }
  finish(record);
  return {std::move(record), {}, {}, {}};
}

std::optional<TimeLeft> Unit::time_left(std::uint32_t player, std::int64_t now) const {
  const PageRef page = page_of(player);
  const PageModel* const model = page_model(page);
  if (model == nullptr || model->wait) return std::nullopt;
  const auto left = [&](const Timer& timer) { return std::max<std::int64_t>(0, timer.at - now); };
  if (timers_[player].at != 0 && !is_in_grace(player)) return TimeLeft{left(timers_[player]), true};
  const Timer& shared = timers_[holder_of(player, page)];
  if (shared.at == 0 || shared.page != page) return std::nullopt;
  return TimeLeft{left(shared), false};
}

std::vector<std::uint32_t> Unit::audience(const Deadline& deadline) const {
  if (deadline.player == 0) return {};
  auto seats = members_of({deadline.page, deadline.player});
  std::sort(seats.begin(), seats.end());
  return seats;
}

// The time of a page ends with the page.
void Unit::end_times(const Record& record) {
  for (const PageMove& move : record.moves) {
    if (timers_[move.player].page != move.page) timers_[move.player] = {};
  }
  for (Holder holder = 0; !record.moves.empty() && holder < timers_.size(); ++holder) {
    Timer& timer = timers_[holder];
    if (timer.at == 0 || (holder >= 1 && holder <= players())) continue;
    const auto members = members_of({timer.page, holder});
    const auto is_there = [&](std::uint32_t player) { return page_of(player) == timer.page; };
    if (std::none_of(members.begin(), members.end(), is_there)) timer = {};
  }
}

std::int64_t Unit::due(std::size_t timer) const {
  const bool of_player = timer >= 1 && timer <= players();
  if (!of_player || is_in_grace(static_cast<std::uint32_t>(timer))) return timers_[timer].at;
  return timers_[timer].at + std::chrono::microseconds(setup_.limits->hand_in).count();
}

std::int64_t Unit::deadline() const {
  std::int64_t next = 0;
  for (std::size_t timer = 0; timer < timers_.size(); ++timer) {
    if (timers_[timer].at != 0 && (next == 0 || due(timer) < next)) next = due(timer);
  }
  return next;
}

}  // namespace rialto
